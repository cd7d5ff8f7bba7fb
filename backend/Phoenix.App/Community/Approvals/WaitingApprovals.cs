using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Notifications;

namespace Phoenix.App.Community.Approvals;

/// <summary>What waits for a second person, in the staff's digest.</summary>
internal sealed class WaitingApprovals(PhoenixDb db) : IDigestPart
{
    public async Task<IReadOnlyList<DigestLine>> Lines(CancellationToken cancel)
    {
        var waiting = await db.Set<Approval>().Where(a => a.State == ApprovalState.Pending).GroupBy(a => a.CheckerRole)
            .Select(g => new { Role = g.Key, Count = g.Count() }).ToListAsync(cancel);
        return waiting.ConvertAll(w => new DigestLine($"{w.Count} 件事等您复核", [w.Role]));
    }
}
