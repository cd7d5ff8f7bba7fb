using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Identity;
using Phoenix.Platform.Text;

namespace Phoenix.App.Fund.Book;

/// <summary>基金账本: every line of the fund's cash with what shows it, newest first; of a month or of all time, as a page or as an XLSX.</summary>
public static class ListBook
{
    private static readonly IReadOnlyList<string> s_headings =
    [
        "账本序号", "日期", "类别", "收入（元）", "支出（元）", "结余（元）", "摘要", "慈善组织", "备案编号", "收据编号", "收据日期", "捐赠方", "经办", "凭据", "冲正",
    ];

    /// <summary>A line.</summary>
    /// <param name="Seq">The posting in the community's journal.</param>
    /// <param name="At">When.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="ChangeFen">In fen: above zero came in, below zero went.</param>
    /// <param name="AfterFen">What was in the fund after it.</param>
    /// <param name="Text">The posting's reason.</param>
    /// <param name="EntryId">The entry, or the opening money; null for a payout, which the settlement explains.</param>
    /// <param name="Receipt">The receipt, of a contribution.</param>
    /// <param name="Evidence">The picture.</param>
    /// <param name="MakerName">Who prepared it.</param>
    /// <param name="CorrectsId">The entry that it takes back.</param>
    /// <param name="IsCorrected">Whether it was taken back.</param>
    public sealed record Item(
        long Seq, DateTimeOffset At, BookLineKind Kind, long ChangeFen, long AfterFen, string? Text, Guid? EntryId, ReceiptView? Receipt, FileLink? Evidence, string? MakerName, Guid? CorrectsId, bool IsCorrected);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/fund/book", Run)
            .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor)
            .WithName("listFundBook").WithSummary("基金账本");
        community.MapGet("/fund/book.xlsx", Export)
            .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor)
            .Produces(StatusCodes.Status200OK, contentType: Sheet.MediaType)
            .WithName("exportFundBook").WithSummary("导出基金账本");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, [FromQuery] string? month, Shower shower, CancellationToken cancel)
    {
        if (!page.Read<long?>().TryGet(out var at, out var error))
            return new Refusal(error);
        if (!shower.Span(month).TryGet(out var span, out var bad))
            return new Refusal(bad);
        return TypedResults.Ok(Page.Of(await shower.Show(span.From, span.To, at.After, at.Limit + 1, cancel), at.Limit, i => i.Seq));
    }

    private static async Task<Results<FileContentHttpResult, Refusal>> Export([FromQuery] string? month, PhoenixDb db, Shower shower, ICommunityCalendar calendar, IAuditLog audit, CancellationToken cancel)
    {
        if (!shower.Span(month).TryGet(out var span, out var bad))
            return new Refusal(bad);
        var items = await shower.Show(span.From, span.To, null, Sheet.MaxRows + 1, cancel);
        if (items.Count > Sheet.MaxRows)
            return new Refusal(new ExportTooLong());
        audit.Write("fund.exported", $"fund:{month ?? "all"}");
        await db.SaveChangesAsync(cancel);
        return Sheet.File(Sheet.Write("基金账本", s_headings, items.Reverse().Select(i => Row(i, calendar))), "fund-book.xlsx");
    }

    private static IReadOnlyList<object?> Row(Item i, ICommunityCalendar calendar) =>
    [
        i.Seq, calendar.Time.DayOf(i.At), WordOf(i.Kind), i.ChangeFen > 0 ? Yuan.Number(i.ChangeFen) : null, i.ChangeFen < 0 ? Yuan.Number(-i.ChangeFen) : null, Yuan.Number(i.AfterFen), i.Text,
        i.Receipt?.CharityName, i.Receipt?.FilingNumber, i.Receipt?.ReceiptNumber, i.Receipt?.ReceiptOn,
        i.Receipt is { } receipt ? receipt.PartnerName ?? EnterContribution.WordOf(receipt.Donor) : null, i.MakerName, i.Evidence is null ? null : "有", i.IsCorrected ? "已冲正" : null,
    ];

    private static string WordOf(BookLineKind kind) => kind switch
    {
        BookLineKind.Opening => "期初",
        BookLineKind.Contribution => "捐赠入账",
        BookLineKind.AdjustmentIn => "调增",
        BookLineKind.AdjustmentOut => "调减",
        BookLineKind.Correction => "冲正",
        _ => "拨付",
    };

    /// <summary>Puts names and pictures to the lines.</summary>
    internal sealed class Shower(PhoenixDb db, BookReader reader, IPeople people, IFileLinks links, ICommunityCalendar calendar)
    {
        public Platform.Results.Result<(DateTimeOffset From, DateTimeOffset To)> Span(string? month) => FundMonths.Span(month, calendar.Time);

        public async Task<IReadOnlyList<Item>> Show(DateTimeOffset from, DateTimeOffset to, long? before, int most, CancellationToken cancel)
        {
            var lines = await reader.Lines(from, to, before, most, cancel);
            var shown = lines.Select(l => l.Entry?.Id ?? l.Opening?.Id).OfType<Guid>().ToList();
            var corrected = (await db.Set<FundEntry>().Where(e => e.PostingSeq != null && e.TargetId != null && shown.Contains(e.TargetId.Value)).Select(e => e.TargetId!.Value).ToListAsync(cancel)).ToHashSet();
            var makers = await people.OfPersons([.. lines.Select(l => l.Entry?.MakerId ?? l.Opening?.MakerId).OfType<Guid>().Distinct()], cancel);
            return [.. lines.Select(Item)];

            Item Item(BookLine l)
            {
                var (id, maker) = (l.Entry?.Id ?? l.Opening?.Id, l.Entry?.MakerId ?? l.Opening?.MakerId);
                return new Item(
                    l.Line.Seq, l.Line.At, l.Kind, l.Line.Change, l.Line.After, l.Line.Text, id, l.Entry is { } entry ? ReceiptView.Of(entry) : null,
                    l.Entry?.FileId is { } file ? links.Make(db.Scope.CommunityId, file) : null, maker is { } known ? makers.GetValueOrDefault(known)?.Name : null, l.TargetId, id is { } one && corrected.Contains(one));
            }
        }
    }
}
