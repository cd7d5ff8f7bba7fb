using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Fund.Book;
using Phoenix.Platform.Results;

namespace Phoenix.App.Fund.Markets;

/// <summary>What markets pledged and what came of it.</summary>
internal sealed class MarketBook(PhoenixDb db)
{
    /// <summary>Null where a receipt may be entered for the market, or for the stall of it; otherwise why not.</summary>
    public async Task<Error?> MayReceive(Guid marketId, Guid? stallId, CancellationToken cancel)
    {
        if (await db.Set<Market>().FirstOrDefaultAsync(m => m.Id == marketId, cancel) is not { } market)
            return new UnknownMarket();
        if (market.State is not (MarketState.Closed or MarketState.Settled))
            return new MarketNotClosed();
        if (stallId is not { } id)
            return null;
        if (await db.Set<MarketStall>().FirstOrDefaultAsync(s => s.Id == id && s.MarketId == marketId && s.State == StallState.Approved, cancel) is not { } stall)
            return new UnknownStall();
        return stall.PledgedFen is null or 0 ? new StallWithoutPledge() : null;
    }

    /// <summary>Contributions of markets that are in the book and weren't taken back.</summary>
    public IQueryable<FundEntry> Received
    {
        get
        {
            var entries = db.Set<FundEntry>().AsNoTracking();
            return entries.Where(e => e.MarketId != null && e.PostingSeq != null && !entries.Any(c => c.TargetId == e.Id && c.PostingSeq != null));
        }
    }

    /// <summary>What came for each of some stalls by receipts of their own, in fen; a stall without one is absent.</summary>
    public async Task<IReadOnlyDictionary<Guid, long>> ReceivedByStall(IReadOnlyCollection<Guid> stalls, CancellationToken cancel) =>
        await Received.Where(e => e.StallId != null && stalls.Contains(e.StallId.Value)).GroupBy(e => e.StallId!.Value).Select(g => new { g.Key, Fen = g.Sum(e => e.AmountFen) })
            .ToDictionaryAsync(g => g.Key, g => g.Fen, cancel);

    /// <summary>Stalls of a market that count: approved ones.</summary>
    public IQueryable<MarketStall> Approved(Guid marketId) => db.Set<MarketStall>().Where(s => s.MarketId == marketId && s.State == StallState.Approved);
}
