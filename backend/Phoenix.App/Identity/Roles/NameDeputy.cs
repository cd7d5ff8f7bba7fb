using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Roles;

/// <summary>The holder of a role names who stands in while they are away, and takes it back.</summary>
public static class NameDeputy
{
    /// <summary>Who, for what, from when to when, why.</summary>
    /// <param name="MemberId">Who stands in.</param>
    /// <param name="Role">A role that the caller holds.</param>
    /// <param name="From">First day, today or later.</param>
    /// <param name="To">Last day, at most 60 days on.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(Guid MemberId, Role Role, DateOnly From, DateOnly To, string Reason);

    /// <summary>The stand-in.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record Response(Guid Id);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/deputies", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Name(body, requestId, caller, cancel).ToHttp())
            .RequireRole([.. RoleBook.Grantable])
            .WithName("nameDeputy").WithSummary("指定代理人");
        community.MapDelete("/deputies/{id:guid}", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.End(id, requestId, caller, cancel).ToHttp())
            .RequireRole([.. RoleBook.Grantable])
            .WithName("endDeputy").WithSummary("结束代理");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, RoleBook roles, IAuditLog audit, ICommunityCalendar calendar, Clock clock, IIds ids)
    {
        /// <summary>The stand-in, or <see cref="RoleNotHeld"/>, <see cref="DeputyDatesBad"/>, <see cref="UnknownMember"/>, <see cref="OwnRole"/>.</summary>
        public Task<Result<Response>> Name(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            // Held by the caller's own right: a stand-in names no stand-in.
            if (!RoleBook.Grantable.Contains(body.Role) || !await db.Set<RoleGrant>().AnyAsync(g => g.PersonId == caller.PersonId && g.Role == body.Role, cancel))
                return new RoleNotHeld();
            if (body.From < calendar.Time.DayOf(clock.Now) || body.To < body.From || body.To > body.From.AddDays(Deputy.MaxDays))
                return new DeputyDatesBad();
            if (await roles.Member(body.MemberId, cancel) is not { } member)
                return new UnknownMember();
            if (member.PersonId == caller.PersonId)
                return new OwnRole();
            var deputy = new Deputy
            {
                CommunityId = db.Scope.CommunityId,
                Id = ids.New(),
                PrincipalId = caller.PersonId,
                DeputyId = member.PersonId,
                Role = body.Role,
                From = body.From,
                To = body.To,
            };
            db.Add(deputy);
            audit.Write("deputy.named", $"role:{body.Role}", member.PersonId, body.Reason);
            await roles.TellDeputy(deputy, cancel);
            return new Response(deputy.Id);
        }, cancel);

        /// <summary>The stand-in that is over, or <see cref="UnknownDeputy"/>.</summary>
        public Task<Result<Response>> End(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var deputy = await db.Set<Deputy>().FirstOrDefaultAsync(d => d.Id == id && d.EndedAt == null, cancel);
            if (deputy is null || (deputy.PrincipalId != caller.PersonId && deputy.DeputyId != caller.PersonId && !caller.Is(Role.Staff)))
                return new UnknownDeputy();
            deputy.EndedAt = clock.Now;
            audit.Write("deputy.ended", $"role:{deputy.Role}", deputy.DeputyId);
            return new Response(id);
        }, cancel);
    }
}
