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
        var ends = new List<long> { await EndOf(from.Previous, cancel) };
        var months = new List<Month>();
        for (var month = from; month <= to; month = month.Next)
        {
            months.Add(month);
            ends.Add(await EndOf(month, cancel));
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

    // The sealed heads are asked first: they say at once where an old month ended.
    private async Task<long> EndOf(Month month, CancellationToken cancel) =>
        await db.Set<MonthHead>().Where(h => h.Month == month.FirstDay).Select(h => (long?)h.Seq).FirstOrDefaultAsync(cancel)
        ?? (await journal.HeadBefore(db.Scope.CommunityId, calendar.Time.EndOf(month), cancel))?.Seq ?? 0;

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
