using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Sessions;

/// <summary>Staff end every session of a member (a lost phone, a stolen account); the person signs in again with WeChat.</summary>
public static class SignOutMember
{
    /// <summary>Why.</summary>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(string Reason);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/members/{id:guid}/sign-out", (
            Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("signOutMember").WithSummary("让居民的设备全部退出登录");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, SessionBook book, IAuditLog audit)
    {
        /// <summary>How many devices were signed out, or <see cref="UnknownMember"/>.</summary>
        public Task<Result<LogOut.Response>> Run(Guid member, Request body, RequestId requestId, CancellationToken cancel) => work.Once<LogOut.Response>(requestId, async () =>
        {
            if (await db.Set<Member>().FirstOrDefaultAsync(m => m.Id == member, cancel) is not { } found)
                return new UnknownMember();
            audit.Write("member.signed_out", $"member:{member:N}", found.PersonId, body.Reason);
            return new LogOut.Response(await book.End(db.Set<Session>().Where(s => s.PersonId == found.PersonId), cancel));
        }, cancel);
    }
}
