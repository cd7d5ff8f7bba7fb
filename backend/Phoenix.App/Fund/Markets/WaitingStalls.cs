using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Notifications;

namespace Phoenix.App.Fund.Markets;

/// <summary>What of markets waits for staff, in their digest.</summary>
internal sealed class WaitingStalls(PhoenixDb db) : IDigestPart
{
    public async Task<IReadOnlyList<DigestLine>> Lines(CancellationToken cancel)
    {
        var open = db.Set<Market>().Where(m => m.State == MarketState.Open).Select(m => m.Id);
        var applied = await db.Set<MarketStall>().CountAsync(s => s.State == StallState.Applied && open.Contains(s.MarketId), cancel);
        var closed = await db.Set<Market>().CountAsync(m => m.State == MarketState.Closed, cancel);
        return [.. DigestLine.ForStaff(applied, "个摊位申请等审核"), .. DigestLine.ForStaff(closed, "场集市等结清")];
    }
}
