using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund.Book;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Accounts;

/// <inheritdoc />
internal sealed class FundMonthsReader(PhoenixDb db, BookReader reader, ICommunityCalendar calendar) : IFundMonths
{
    public async Task<IReadOnlyList<FundMonth>> Between(Month from, Month to, CancellationToken cancel)
    {
        if (from > to || (to.Year - from.Year) * 12 + to.Number - from.Number >= IFundMonths.MaxMonths)
            throw new ArgumentOutOfRangeException(nameof(to), to, $"Not within {IFundMonths.MaxMonths} months from {from} on.");
        var months = new List<FundMonth>();
        for (var month = from; month <= to; month = month.Next)
            months.Add(new FundMonth(month, 0, 0, 0));
        var lines = await Lines(calendar.Time.StartOf(from), calendar.Time.EndOf(to), cancel);
        var kinds = await KindsOfTargets(lines, cancel);
        foreach (var line in lines)
        {
            var (at, kind) = (calendar.Time.MonthOf(line.Line.At), line.TargetId is { } target ? kinds.GetValueOrDefault(target, BookLineKind.Contribution) : line.Kind);
            var index = (at.Year - from.Year) * 12 + at.Number - from.Number;
            months[index] = kind switch
            {
                BookLineKind.Payout => months[index] with { PaidFen = months[index].PaidFen - line.Line.Change },
                BookLineKind.AdjustmentIn or BookLineKind.AdjustmentOut => months[index] with { AdjustedFen = months[index].AdjustedFen + line.Line.Change },
                _ => months[index] with { ContributedFen = months[index].ContributedFen + line.Line.Change },
            };
        }

        return months;
    }

    private async Task<List<BookLine>> Lines(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var all = new List<BookLine>();
        while (true)
        {
            var page = await reader.Lines(from, to, all.Count == 0 ? null : all[^1].Line.Seq, AccountSpans.MaxPostings, cancel);
            all.AddRange(page);
            if (page.Count < AccountSpans.MaxPostings)
                return all;
        }
    }

    // A correction counts in its own month, where the entry counted: that the money came, or that it didn't. The opening money is a contribution.
    private async Task<Dictionary<Guid, BookLineKind>> KindsOfTargets(List<BookLine> lines, CancellationToken cancel)
    {
        var targets = lines.Select(l => l.TargetId).OfType<Guid>().ToList();
        return targets.Count == 0
            ? []
            : await db.Set<FundEntry>().Where(e => targets.Contains(e.Id) && e.Kind != FundEntryKind.Contribution).ToDictionaryAsync(e => e.Id, _ => BookLineKind.AdjustmentIn, cancel);
    }
}
