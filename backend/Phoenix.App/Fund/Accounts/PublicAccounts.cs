using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund.Book;
using Phoenix.App.Http;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Accounts;

/// <summary>
/// What everybody may know of the fund (hard rules 4 and 10): how well it covers what is promised, in a word; what came in and was paid, by month and as a
/// whole; the charity's receipts. No merchant, no coin and no person stands beside it.
/// </summary>
public static class PublicAccounts
{
    /// <summary>The cover.</summary>
    /// <param name="Cover">Ample, tight or short; null while nothing was agreed.</param>
    /// <param name="Word">充足, 偏紧 or 不足; null while nothing was agreed.</param>
    public sealed record CoverView(FundCover? Cover, string? Word);

    /// <summary>A month.</summary>
    /// <param name="Month">2026-11.</param>
    /// <param name="ContributedFen">What came in by receipts, in fen.</param>
    /// <param name="AdjustedFen">Otherwise, in fen; may be below zero.</param>
    /// <param name="PaidFen">What was paid, in fen.</param>
    public sealed record MonthView(string Month, long ContributedFen, long AdjustedFen, long PaidFen);

    /// <summary>A year.</summary>
    /// <param name="Year">Which.</param>
    /// <param name="Months">Its months up to now, earliest first.</param>
    /// <param name="ContributedFen">The year's sum, in fen.</param>
    /// <param name="PaidFen">The year's sum, in fen.</param>
    public sealed record YearView(int Year, IReadOnlyList<MonthView> Months, long ContributedFen, long PaidFen);

    /// <summary>A receipt of the charity's.</summary>
    /// <param name="Id">Its entry.</param>
    /// <param name="CharityName">Who gave it.</param>
    /// <param name="FilingNumber">The number under which the charity or its fund-raising is filed.</param>
    /// <param name="ReceiptNumber">Its number.</param>
    /// <param name="ReceiptOn">Its date.</param>
    /// <param name="AmountFen">How much, in fen.</param>
    /// <param name="Donor">Which kind of donor; never a name.</param>
    public sealed record ReceiptItem(Guid Id, string CharityName, string FilingNumber, string ReceiptNumber, DateOnly ReceiptOn, long AmountFen, DonorKind Donor);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/fund/cover", async (IFundGate gate, CancellationToken cancel) =>
            {
                var position = await gate.Position(cancel);
                return TypedResults.Ok(position.IsOk ? new CoverView(position.Value.Cover, WordOf(position.Value.Cover)) : new CoverView(null, null));
            })
            .AllowAnyone().WithName("getFundCover").WithSummary("基金是否充足");
        community.MapGet("/fund/accounts", Year).AllowAnyone().WithName("getFundAccounts").WithSummary("基金收支公示");
        community.MapGet("/fund/receipts", Receipts).AllowAnyone().WithName("listFundReceipts").WithSummary("捐赠收据公示");
    }

    private static async Task<Results<Ok<YearView>, Refusal>> Year([FromQuery] int? year, IFundMonths months, ICommunityCalendar calendar, Clock clock, CancellationToken cancel)
    {
        var now = calendar.Time.MonthOf(clock.Now);
        var asked = year ?? now.Year;
        if (asked < 2000 || asked > now.Year)
            return new Refusal(new BadFundMonth());
        var last = asked == now.Year ? now : new Month(asked, 12);
        var found = await months.Between(new Month(asked, 1), last, cancel);
        return TypedResults.Ok(new YearView(
            asked, [.. found.Select(m => new MonthView(m.Month.ToString(), m.ContributedFen, m.AdjustedFen, m.PaidFen))], found.Sum(m => m.ContributedFen), found.Sum(m => m.PaidFen)));
    }

    private static async Task<Results<Ok<Page<ReceiptItem>>, Refusal>> Receipts([AsParameters] PageQuery page, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var entries = db.Set<FundEntry>().AsNoTracking();
        var found = entries.Where(e => e.Kind == FundEntryKind.Contribution && e.PostingSeq != null && !entries.Any(c => c.TargetId == e.Id && c.PostingSeq != null));
        if (at.After is { } before)
            found = found.Where(e => e.Id.CompareTo(before) < 0);
        var rows = await found.OrderByDescending(e => e.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(
            rows.ConvertAll(e => new ReceiptItem(e.Id, e.CharityName!, e.FilingNumber!, e.ReceiptNumber!, e.ReceiptOn!.Value, e.AmountFen, e.Donor!.Value)), at.Limit, i => i.Id));
    }

    private static string WordOf(FundCover cover) => cover switch
    {
        FundCover.Ample => "充足",
        FundCover.Tight => "偏紧",
        _ => "不足",
    };
}
