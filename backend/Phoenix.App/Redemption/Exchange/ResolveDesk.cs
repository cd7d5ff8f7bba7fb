using Microsoft.EntityFrameworkCore;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Offers;
using Phoenix.Ledger;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>
/// Ends an exchange: exactly once, and whoever asks for another end, or the same again, is answered with the one that it has. The ledger's stamp decides
/// between an act and the time limit.
/// </summary>
internal sealed class ResolveDesk(PhoenixDb db, LedgerPoster poster, RedemptionParts parts, OrderDesk desk)
{
    /// <summary>The exchange at its end.</summary>
    /// <param name="row">The exchange as read, not tracked.</param>
    /// <param name="change">What it is to become.</param>
    /// <param name="requestId">The client's.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<Result<RedemptionRow>> Run(RedemptionRow row, Resolving change, Guid requestId, CancellationToken cancel)
    {
        if (row.State != RedemptionState.Held)
            return row;
        LedgerCommand command = change.To == RedemptionState.Captured ? new CaptureHold(row.Hold) : new ReleaseHold(row.Hold);
        var request = new LedgerRequest(
            row.CommunityId, requestId, change.By ?? Guid.Empty, $"redemption.{change.To}",
            command with { Ref = $"redemption:{row.Id:N}", Rule = change.To == RedemptionState.Captured ? "handed-over/1" : "given-back/1", Reason = change.Reason })
        {
            Counters = change.To == RedemptionState.Captured ? [] : OfferCounters.Back(await parts.CountersOf(row, cancel)),
            Attachments = [change],
        };
        var posted = await poster.Post(request, cancel);
        if (posted.TryGet(out var done, out var error))
        {
            var ended = row.Copy();
            (ended.State, ended.ResolvedAt, ended.ResolvedBy, ended.Reason, ended.IsForFamily) = (change.To, done.First.At, change.By, change.Reason, change.IsForFamily);
            return ended;
        }

        if (error is HoldLapsed)
            _ = await poster.Post(HoldExpiry.Request(row.CommunityId, row.Hold, await parts.AtExpiry(row, cancel)), cancel);
        var now = await db.Set<RedemptionRow>().AsNoTracking().FirstAsync(r => r.Id == row.Id, cancel);
        return now.State != RedemptionState.Held ? now : await desk.Explain(error, cancel);
    }
}
