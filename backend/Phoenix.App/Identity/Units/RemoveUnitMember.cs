using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Units;

/// <summary>Somebody is in the unit no more (left the firm), or a proposal is taken back. The contact may do so with those whom they see; staff with everybody.</summary>
public static class RemoveUnitMember
{
    /// <summary>Who, why.</summary>
    /// <param name="MembershipId">The membership or the proposal.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(Guid MembershipId, string Reason);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/units/{id:guid}/members/removal", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.UnitContact)
        .WithName("removeUnitMember").WithSummary("移出单位成员");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, UnitBook book)
    {
        /// <summary>The membership that is over, or <see cref="UnknownUnit"/>, <see cref="UnknownUnitMembership"/>.</summary>
        public Task<Result<ChangeMyUnit.Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<ChangeMyUnit.Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            var all = caller.Is(Role.Staff);
            if (!all && !await book.IsContact(id, caller.PersonId, cancel))
                return new UnknownUnit();
            var found = await db.Set<UnitMember>().FirstOrDefaultAsync(
                m => m.Id == body.MembershipId && m.UnitId == id && m.EndedAt == null && (all || m.SharesHoursSince != null || m.JoinedAt == null), cancel);
            if (found is null)
                return new UnknownUnitMembership();
            await book.End(id, [found], "unit.member_removed", body.Reason, cancel);
            return new ChangeMyUnit.Response(found.Id);
        }, cancel);
    }
}
