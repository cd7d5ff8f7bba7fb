using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Guardians;

/// <summary>A guardian steps back while another stays; staff end any link with a reason (a court decided, a mistake), but not their own.</summary>
public static class EndGuardianship
{
    /// <summary>Which guardian, why.</summary>
    /// <param name="GuardianMemberId">The guardian, a member.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(Guid GuardianMemberId, string Reason);

    /// <summary>What is over.</summary>
    /// <param name="GuardianshipId">The link.</param>
    public sealed record Response(Guid GuardianshipId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapDelete("/children/{id:guid}/guardianship", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Own(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("endMyGuardianship").WithSummary("不再做家长");
        community.MapPost("/members/{id:guid}/guardianship-end", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.ByStaff(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("endGuardianship").WithSummary("解除家长关系");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, GuardianBook book, Family.FamilyNotices notices, IAuditLog audit, Clock clock)
    {
        /// <summary>What is over, or <see cref="UnknownChild"/>, <see cref="LastGuardian"/>.</summary>
        public Task<Result<Response>> Own(Guid memberId, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await book.ChildOf(caller.PersonId, memberId, cancel)).TryGet(out var minor, out var unknown))
                return unknown;
            return minor.Links.Count > 1 ? await End(minor, caller.PersonId, GuardianshipEnd.ByGuardian, null, cancel) : new LastGuardian();
        }, cancel);

        /// <summary>What is over, or <see cref="UnknownChild"/>, <see cref="WitnessIsParty"/>.</summary>
        public Task<Result<Response>> ByStaff(Guid memberId, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            var guardian = await db.Set<Member>().Where(m => m.Id == body.GuardianMemberId).Select(m => (Guid?)m.PersonId).FirstOrDefaultAsync(cancel);
            if (guardian is null || await book.Find(memberId, cancel) is not { } minor || !minor.IsGuardedBy(guardian.Value))
                return new UnknownChild();
            if (minor.Id == caller.PersonId || minor.IsGuardedBy(caller.PersonId))
                return new WitnessIsParty();
            return await End(minor, guardian.Value, GuardianshipEnd.ByStaff, body.Reason, cancel);
        }, cancel);

        private async Task<Response> End(Minor minor, Guid guardian, GuardianshipEnd why, string? reason, CancellationToken cancel)
        {
            var link = minor.Links.Single(l => l.GuardianId == guardian);
            (link.EndedAt, link.EndReason) = (clock.Now, why);
            audit.Write("guardian.ended", $"member:{minor.Member.Id:N}", minor.Id, reason);
            await notices.Changed(
                $"guardian-ended:{link.Id:N}", [minor.Id, .. minor.Links.Select(l => l.GuardianId)], guardian, minor.Id, "家长", false, why == GuardianshipEnd.ByStaff ? "工作人员办理" : "本人解除", cancel);
            return new Response(link.Id);
        }
    }
}
