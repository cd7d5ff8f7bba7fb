using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Journal;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Time;
using LedgerFlow = Phoenix.Ledger.Reads.CoinFlow;

namespace Phoenix.App.Bookkeeping.Coins;

/// <inheritdoc />
internal sealed class CoinMonths(PhoenixDb db, CoinFlows flows, JournalReader journal, ICommunityCalendar calendar) : ICoinMonths
{
    public async Task<IReadOnlyList<CoinMonth>> Between(Month from, Month to, CancellationToken cancel)
    {
        if (from > to || (to.Year - from.Year) * 12 + to.Number - from.Number >= ICoinMonths.MaxMonths)
            throw new ArgumentOutOfRangeException(nameof(to), to, $"Not within {ICoinMonths.MaxMonths} months from {from} on.");
        var community = db.Scope.CommunityId;
        var heads = await db.Set<MonthHead>().ToDictionaryAsync(h => Month.Of(h.Month), h => h.Seq, cancel);
        var ends = new List<long> { await EndOf(from.Previous, heads, cancel) };
        var months = new List<Month>();
        for (var month = from; month <= to; month = month.Next)
        {
            months.Add(month);
            ends.Add(await EndOf(month, heads, cancel));
        }

        // From what there is now, month by month back: what came since is taken off.
        var (head, left) = await flows.Circulating(community, cancel);
        left -= Sums(await flows.Between(community, ends[^1], head, cancel)).Net;
        var found = new CoinMonth[months.Count];
        for (var i = months.Count - 1; i >= 0; i--)
        {
            var sums = Sums(await flows.Between(community, ends[i], ends[i + 1], cancel));
            found[i] = new CoinMonth(months[i], sums.Issued, sums.Exchanged, sums.Expired, left, await flows.Members(community, ends[i], ends[i + 1], cancel));
            left -= sums.Net;
        }

        return found;
    }

    // The sealed heads, of which there is one for every month from the first posting's on, say at once where an old month ended; only the latest isn't sealed yet.
    private async Task<long> EndOf(Month month, Dictionary<Month, long> heads, CancellationToken cancel)
    {
        if (heads.TryGetValue(month, out var seq))
            return seq;
        return heads.Count > 0 && month < heads.Keys.Min() ? 0 : (await journal.HeadBefore(db.Scope.CommunityId, calendar.Time.EndOf(month), cancel))?.Seq ?? 0;
    }

    private static Sum Sums(IReadOnlyList<LedgerFlow> flows)
    {
        long To(AccountKind kind) => flows.Sum(f => f.To == kind ? f.Coins : f.From == kind ? -f.Coins : 0);

        // What was settled left the merchants, and was exchanged before.
        return new Sum(-To(AccountKind.Issuance), To(AccountKind.Merchant) + To(AccountKind.Settled), To(AccountKind.Expired));
    }

    private sealed record Sum(long Issued, long Exchanged, long Expired)
    {
        public long Net => Issued - Exchanged - Expired;
    }
}
