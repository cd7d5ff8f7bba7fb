using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Roles;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Units;

/// <summary>Staff name a member who speaks for a unit, or say that they don't any more. Nobody names themselves.</summary>
public static class NameUnitContact
{
    /// <summary>Who, why.</summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(Guid MemberId, string Reason);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>What came of it.</summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="IsContact">Whether they speak for the unit now.</param>
    public sealed record Response(Guid MemberId, bool IsContact);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/units/{id:guid}/contacts", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Name(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("nameUnitContact").WithSummary("指定单位联系人");
        community.MapPost("/units/{id:guid}/contacts/removal", (Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) =>
                handler.Remove(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("removeUnitContact").WithSummary("取消单位联系人");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, UnitBook book, RoleBook roles)
    {
        /// <summary>That they are, or <see cref="UnknownUnit"/>, <see cref="UnitClosed"/>, <see cref="UnknownMember"/>, <see cref="OwnRole"/>.</summary>
        public Task<Result<Response>> Name(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await book.Open(id, cancel)).TryGet(out _, out var error))
                return error;
            if (await roles.Member(body.MemberId, cancel) is not { LeftAt: null } member)
                return new UnknownMember();
            if (member.PersonId == caller.PersonId)
                return new OwnRole();
            await book.AddContact(id, member.PersonId, body.Reason, cancel);
            return new Response(member.Id, true);
        }, cancel);

        /// <summary>That they aren't any more, or <see cref="UnknownUnit"/>, <see cref="UnitClosed"/>, <see cref="UnknownMember"/>, <see cref="NotUnitContact"/>.</summary>
        public Task<Result<Response>> Remove(Guid id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await book.Open(id, cancel)).TryGet(out _, out var error))
                return error;
            if (await roles.Member(body.MemberId, cancel) is not { } member)
                return new UnknownMember();
            if (await db.Set<UnitContact>().FirstOrDefaultAsync(c => c.UnitId == id && c.PersonId == member.PersonId, cancel) is not { } contact)
                return new NotUnitContact();
            await book.RemoveContact(contact, body.Reason, cancel);
            return new Response(member.Id, false);
        }, cancel);
    }
}
