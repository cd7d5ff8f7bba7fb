using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Markets;

/// <summary>
/// 钱去哪了: from a market, or the stall whose code was scanned, by the charity's receipts into the fund, to what the fund paid since, and to the kinds of help
/// that stood behind it. Sums only: no person, no merchant, no coin (hard rules 4 and 8).
/// </summary>
public static class TraceMarket
{
    /// <summary>Most months that are told.</summary>
    public const int MaxMonths = 12;

    /// <summary>From how many stalls on their takings are told, as a sum: below, a neighbour could tell whose they are.</summary>
    public const int FewestStalls = 5;

    /// <summary>Each costs a look at a year of records: more than anybody reads, fewer than a script wants.</summary>
    public static readonly RatePolicy Limit = new("traces", 60, TimeSpan.FromMinutes(1));

    /// <summary>A kind of help.</summary>
    /// <param name="Kind">In words: 一老一小.</param>
    /// <param name="Minutes">Service that was recorded, in minutes.</param>
    /// <param name="PeopleServed">People served.</param>
    public sealed record Help(string Kind, long Minutes, long PeopleServed);

    /// <summary>A month since the money came.</summary>
    /// <param name="Month">2026-11.</param>
    /// <param name="PaidFen">What the whole fund paid to partners, in fen.</param>
    /// <param name="Help">The kinds of help of the whole community.</param>
    public sealed record MonthStep(string Month, long PaidFen, IReadOnlyList<Help> Help);

    /// <summary>The stall whose code was scanned.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Number">Its number.</param>
    /// <param name="Kind">Which kind.</param>
    /// <param name="Title">What stands on the sign.</param>
    /// <param name="ContributedFen">What came into the fund by its own receipts, in fen; 0 where one receipt covers the market.</param>
    public sealed record StallStep(Guid Id, int Number, StallKind Kind, string Title, long ContributedFen);

    /// <summary>The way.</summary>
    /// <param name="MarketId">The market.</param>
    /// <param name="Market">Its title.</param>
    /// <param name="StartsAt">When it was.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Stall">The stall that was asked about; null for the market as a whole.</param>
    /// <param name="TakingsFen">What all stalls took, in fen; null below <see cref="FewestStalls"/> stalls.</param>
    /// <param name="ContributedFen">What came into the fund by receipts, in fen.</param>
    /// <param name="Receipts">How many receipts the charity gave.</param>
    /// <param name="PeopleServed">People served at 便民 booths.</param>
    /// <param name="Months">From the month in which the first money came, at most <see cref="MaxMonths"/>; empty before.</param>
    public sealed record Response(
        Guid MarketId, string Market, DateTimeOffset StartsAt, MarketState State, StallStep? Stall, long? TakingsFen, long ContributedFen, int Receipts, int PeopleServed, IReadOnlyList<MonthStep> Months);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/markets/{id:guid}/trace", (Guid id, Reader reader, CancellationToken cancel) => reader.OfMarket(id, null, cancel).ToHttp())
            .AllowAnyone().WithMetadata(new RateLimit(Limit)).WithName("traceMarket").WithSummary("集市的钱去哪了");
        community.MapGet("/stalls/{id:guid}/trace", (Guid id, Reader reader, CancellationToken cancel) => reader.OfStall(id, cancel).ToHttp())
            .AllowAnyone().WithMetadata(new RateLimit(Limit)).WithName("traceStall").WithSummary("摊位的钱去哪了");
    }

    /// <summary>Follows it.</summary>
    internal sealed class Reader(PhoenixDb db, MarketBook book, IFundMonths months, IEnumerable<IHelpFigures> figures, ICommunityCalendar calendar, Clock clock)
    {
        /// <summary>From a stall that was approved, or <see cref="UnknownStall"/>.</summary>
        public async Task<Result<Response>> OfStall(Guid id, CancellationToken cancel)
        {
            if (await db.Set<MarketStall>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.State == StallState.Approved, cancel) is not { } stall)
                return new UnknownStall();
            var received = (await book.ReceivedByStall([id], cancel)).GetValueOrDefault(id);
            return await OfMarket(stall.MarketId, new StallStep(id, stall.Number!.Value, stall.Kind, stall.Title, received), cancel);
        }

        /// <summary>From a market, or <see cref="UnknownMarket"/>.</summary>
        public async Task<Result<Response>> OfMarket(Guid id, StallStep? stall, CancellationToken cancel)
        {
            if (await db.Set<Market>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == id && m.State != MarketState.Draft, cancel) is not { } market)
                return new UnknownMarket();
            var declared = await book.Approved(id).AsNoTracking().Where(s => s.DeclaredAt != null).Select(s => new { Takings = s.TakingsFen ?? 0, Served = s.PeopleServed ?? 0 }).ToListAsync(cancel);
            var receipts = await book.Received.Where(e => e.MarketId == id).Select(e => new { e.AmountFen, e.PostedAt }).ToListAsync(cancel);
            return new Response(
                id, market.Title, market.StartsAt, market.State, stall, declared.Count < FewestStalls ? null : declared.Sum(d => d.Takings), receipts.Sum(r => r.AmountFen), receipts.Count,
                declared.Sum(d => d.Served), receipts.Count == 0 ? [] : await Months(calendar.Time.MonthOf(receipts.Min(r => r.PostedAt!.Value)), cancel));
        }

        private async Task<IReadOnlyList<MonthStep>> Months(Month first, CancellationToken cancel)
        {
            var (last, now) = (first, calendar.Time.MonthOf(clock.Now));
            for (var count = 1; count < MaxMonths && last < now; count++)
                last = last.Next;
            var steps = new List<MonthStep>();
            foreach (var month in await months.Between(first, last, cancel))
            {
                var help = new List<Help>();
                foreach (var figure in figures)
                    help.AddRange((await figure.Between(month.Month.FirstDay, month.Month.LastDay, cancel)).Select(h => new Help(h.Kind, h.Minutes, h.PeopleServed)));
                steps.Add(new MonthStep(month.Month.ToString(), month.PaidFen, help));
            }

            return steps;
        }
    }
}
