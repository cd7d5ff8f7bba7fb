using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Redemption;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement;

/// <summary>Which lines are kept out of payments, in the present transaction.</summary>
public sealed class DoubtBook(PhoenixDb db, IExchangeLines exchanges, IIds ids, Clock clock)
{
    /// <summary>Members' doubts that were answered meanwhile don't keep a line out any more.</summary>
    public async Task Refresh(IReadOnlyCollection<Guid> merchants, CancellationToken cancel)
    {
        var open = await db.Set<LineDispute>().Where(d => merchants.Contains(d.MerchantId) && d.Source == DoubtSource.Member && d.State == DoubtState.Open).ToListAsync(cancel);
        if (open.Count == 0)
            return;
        var still = (await exchanges.Disputed(merchants, cancel)).Select(d => d.RedemptionId).ToHashSet();
        foreach (var dispute in open.Where(d => !still.Contains(d.RedemptionId!.Value)))
            (dispute.State, dispute.AnsweredAt) = (DoubtState.Stands, clock.Now);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What members dispute now is kept out of these statements until it is answered.</summary>
    public async Task KeepOut(IReadOnlyCollection<Guid> merchants, IReadOnlyCollection<Guid> statements, CancellationToken cancel)
    {
        foreach (var disputed in await exchanges.Disputed(merchants, cancel))
        {
            var lines = await db.Set<StatementLine>().AsNoTracking().Where(l => statements.Contains(l.StatementId) && l.Kind == LineKind.Capture && l.Seq == disputed.Hold).ToListAsync(cancel);
            foreach (var line in lines)
                await KeepOut(line, disputed, cancel);
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What isn't paid of a statement now: coins and fen of its lines in doubt, each line once.</summary>
    public async Task<(long Coins, long Fen, int Lines)> Out(Guid statement, CancellationToken cancel)
    {
        var open = await db.Set<LineDispute>().Where(d => d.StatementId == statement && (d.State == DoubtState.Open || d.MovedAt != null)).Select(d => new { d.Kind, d.Seq, d.Coins, d.Fen }).Distinct().ToListAsync(cancel);
        return (open.Sum(d => d.Coins), open.Sum(d => d.Fen), open.Count);
    }

    private async Task KeepOut(StatementLine line, DisputedExchange disputed, CancellationToken cancel)
    {
        if (await db.Set<LineDispute>().FirstOrDefaultAsync(d => d.StatementId == line.StatementId && d.Kind == line.Kind && d.Seq == line.Seq && d.Source == DoubtSource.Member, cancel) is { } earlier)
        {
            if (earlier.MovedAt is null)
                (earlier.State, earlier.AnsweredAt) = (DoubtState.Open, null);
            return;
        }

        db.Add(new LineDispute
        {
            CommunityId = db.Scope.CommunityId,
            Id = ids.New(),
            StatementId = line.StatementId,
            Kind = line.Kind,
            Seq = line.Seq,
            MerchantId = disputed.MerchantId,
            Source = DoubtSource.Member,
            RedemptionId = disputed.RedemptionId,
            Coins = line.Coins,
            Fen = line.Fen,
            AskedAt = disputed.AskedAt,
        });
    }
}
