using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community.Approvals;

/// <inheritdoc />
internal sealed class ApprovalBook(PhoenixDb db, Clock clock, IIds ids, IAuditLog audit, INotifications notifications) : IApprovals
{
    public IQueryable<Guid> Pending => db.Set<Approval>().Where(a => a.State == ApprovalState.Pending).Select(a => a.Id);

    public async Task<Result<Guid>> Propose(ApprovalDraft draft, CancellationToken cancel)
    {
        if (await db.Set<Approval>().AnyAsync(a => a.Kind == draft.Kind && a.Subject == draft.Subject && a.State == ApprovalState.Pending, cancel))
            return new AlreadyProposed();
        var approval = new Approval
        {
            CommunityId = db.Scope.CommunityId,
            Id = ids.New(),
            Kind = draft.Kind,
            Subject = draft.Subject,
            Summary = draft.Summary,
            Payload = draft.Payload,
            CheckerRole = draft.CheckerRole,
            MakerId = draft.Maker,
            BeneficiaryId = draft.Beneficiary,
            CreatedAt = clock.Now,
        };
        db.Add(approval);
        audit.Write("approval.proposed", $"{draft.Kind}:{approval.Id:N}", draft.Beneficiary, draft.Reason);
        Guid[] except = draft.Beneficiary is { } gains ? [draft.Maker, gains] : [draft.Maker];
        await notifications.TellHolders([draft.CheckerRole], except, $"approval-waiting:{approval.Id:N}", new ApprovalWaiting(draft.Summary, "同事", clock.Now), Approval.PageOf(approval.Id), cancel);
        return approval.Id;
    }

    public Task<bool> IsPending(Guid approvalId, CancellationToken cancel)
    {
        var since = clock.Now - Approval.Lifetime;
        return db.Set<Approval>().AnyAsync(a => a.Id == approvalId && a.State == ApprovalState.Pending && a.CreatedAt > since, cancel);
    }

    public Task<Guid?> CheckerOf(Guid approvalId, CancellationToken cancel) => db.Set<Approval>().AsNoTracking().Where(a => a.Id == approvalId).Select(a => a.CheckerId).FirstOrDefaultAsync(cancel);
}
