using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community.Approvals;

/// <summary>The second person approves, which carries it out in the same transaction, or refuses with a reason; the maker may withdraw while nobody has decided.</summary>
public static class DecideApproval
{
    /// <summary>The decision.</summary>
    /// <param name="Approve">Whether it is to be carried out.</param>
    /// <param name="Reason">Needed for a refusal, 2 to 200 characters.</param>
    public sealed record Request(bool Approve, string? Reason = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A refusal says why.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().MinimumLength(2).When(r => !r.Approve).MaximumLength(AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/approvals/{id:guid}/decision", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Decide(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker, Role.Treasurer)
            .WithName("decideApproval").WithSummary("复核");
        community.MapPost("/approvals/{id:guid}/withdrawal", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Withdraw(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker, Role.Treasurer)
            .WithName("withdrawApproval").WithSummary("撤回");
    }

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, IEnumerable<IApprovalKind> kinds, IAuditLog audit, INotifications notifications, Clock clock)
    {
        /// <summary>The proposal as decided, or <see cref="UnknownApproval"/>, <see cref="ApprovalDecided"/>, <see cref="OwnApproval"/>, or what the kind refuses.</summary>
        public Task<Result<ListApprovals.Item>> Decide(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<ListApprovals.Item>(requestId, async () =>
        {
            if (await Pending(id, cancel) is not { } found)
                return new UnknownApproval();
            if (found.State != ApprovalState.Pending)
                return new ApprovalDecided();
            if (found.MakerId == caller.PersonId || found.BeneficiaryId == caller.PersonId)
                return new OwnApproval();
            if (!caller.Is(found.CheckerRole))
                return new RoleNeeded();
            var kind = kinds.Single(k => k.Kind == found.Kind);
            if (await kind.IsFor(found.Payload, caller.PersonId, cancel))
                return new OwnApproval();
            End(found, body.Approve ? ApprovalState.Approved : ApprovalState.Refused, caller.PersonId, body.Reason);
            await db.SaveChangesAsync(cancel);
            if (body.Approve && await kind.CarryOut(found.Payload, found.MakerId, cancel) is { } refusal)
                return refusal;
            await notifications.Tell(
                new Notice(found.MakerId, $"approval-answered:{id:N}", new ApprovalAnswered(found.Summary, body.Approve, body.Reason, clock.Now), Approval.PageOf(id)), cancel);
            return ListApprovals.Show(found, caller);
        }, cancel);

        /// <summary>The proposal as withdrawn, or <see cref="UnknownApproval"/>, <see cref="ApprovalDecided"/>.</summary>
        public Task<Result<ListApprovals.Item>> Withdraw(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<ListApprovals.Item>(requestId, async () =>
        {
            if (await Pending(id, cancel) is not { } found || found.MakerId != caller.PersonId)
                return new UnknownApproval();
            if (found.State != ApprovalState.Pending)
                return new ApprovalDecided();
            End(found, ApprovalState.Withdrawn, null, null);
            return ListApprovals.Show(found, caller);
        }, cancel);

        private async Task<Approval?> Pending(Guid id, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            var found = await db.Set<Approval>().FirstOrDefaultAsync(a => a.Id == id, cancel);
            if (found is { State: ApprovalState.Pending } && found.CreatedAt + Approval.Lifetime <= clock.Now)
                End(found, ApprovalState.Expired, null, null);
            return found;
        }

        private void End(Approval approval, ApprovalState state, Guid? checker, string? reason)
        {
            (approval.State, approval.CheckerId, approval.DecidedAt, approval.Reason) = (state, checker, clock.Now, reason);
            audit.Write($"approval.{state.ToString().ToLowerInvariant()}", $"{approval.Kind}:{approval.Id:N}", approval.BeneficiaryId, reason);
        }
    }
}
