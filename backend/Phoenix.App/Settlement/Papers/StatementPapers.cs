using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http.Papers;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Redemption;
using Phoenix.Platform.Text;

namespace Phoenix.App.Settlement.Papers;

/// <summary>A statement as XLSX and as a page to be printed.</summary>
public sealed class StatementPapers(PhoenixDb db, IMerchantDirectory merchants, ICommunities communities, ICommunityCalendar calendar)
{
    private static readonly string[] s_columns = ["类别", "日期", "号", "项目", "份数", "枚数", "每枚（分）", "基金承担%", "金额（元）", "时间", "结转自"];
    private static readonly string[] s_parts = ["类别", "协议", "每枚（分）", "基金承担%", "笔数", "枚数", "金额（元）"];
    private static readonly double[] s_partWidths = [88, 105, 60, 60, 50, 55, 65];
    private static readonly string[] s_days = ["日期", "笔数", "枚数", "金额（元）"];
    private static readonly double[] s_dayWidths = [150, 100, 110, 123];

    /// <summary>How many files of <see cref="Sheet.MaxRows"/> lines it takes; at least one.</summary>
    public static int PartsOf(Statement statement) => Math.Max(1, (statement.Lines + Sheet.MaxRows - 1) / Sheet.MaxRows);

    /// <summary>What a kind is called.</summary>
    internal static string Word(LineKind kind) => kind switch
    {
        LineKind.Capture => "兑换",
        LineKind.Refund => "退回",
        LineKind.Correction => "更正",
        LineKind.Debt => "上期结转",
        _ => "超过上限",
    };

    /// <summary>The name of a statement's file, without an ending.</summary>
    public async Task<string> NameOf(Statement statement, CancellationToken cancel) => $"{statement.Month} {(await merchants.Of([statement.MerchantId], cancel))[statement.MerchantId].Name} 对账单";

    /// <summary>A part of the lines, counted from 1.</summary>
    public async Task<byte[]> Lines(Statement statement, int part, CancellationToken cancel)
    {
        var lines = await db.Set<StatementLine>().AsNoTracking().Where(l => l.StatementId == statement.Id).OrderBy(l => l.Kind).ThenBy(l => l.Seq)
            .Skip((part - 1) * Sheet.MaxRows).Take(Sheet.MaxRows).ToListAsync(cancel);
        var from = lines.Where(l => l.FromStatementId is not null).Select(l => l.FromStatementId!.Value).Distinct().ToList();
        var months = await db.Set<Statement>().AsNoTracking().Where(s => from.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Month.ToString(), cancel);
        return Sheet.Write(statement.Month.ToString(), s_columns, lines.Select(l => (IReadOnlyList<object?>)
        [
            Word(l.Kind), l.Day, l.Number == 0 ? null : l.Number, l.Title, l.Quantity, l.Coins, l.FenPerCoin == 0 ? null : l.FenPerCoin, l.FenPerCoin == 0 ? null : l.FundSharePercent,
            Yuan.Number(l.Fen), At(l.At), l.FromStatementId is { } id ? months[id] : null,
        ]));
    }

    /// <summary>The page to be printed: sums by terms and by day, and the named date; null where the font isn't installed.</summary>
    public async Task<byte[]?> Print(GetStatement.Response shown, GetStatement.Chart chart, CancellationToken cancel)
    {
        var community = await communities.NameOf(db.Scope.CommunityId, cancel);
        var (head, at) = (shown.Head, await db.Set<Statement>().Where(s => s.Id == shown.Head.Id).Select(s => s.MadeAt).SingleAsync(cancel));
        return PaperPrinter.Print($"{head.Merchant} {head.Month} 对账单", head.Id.ToString("N"), at, paper => Write(paper, community, shown, chart), $"{head.Merchant} {head.Month} 对账单");
    }

    private static void Write(Paper paper, string community, GetStatement.Response shown, GetStatement.Chart chart)
    {
        var (head, text, bold, cell) = (shown.Head, Paper.Font(11), Paper.Font(9, bold: true), Paper.Font(9));
        paper.Centre($"{community}凤凰币对账单", Paper.Font(20, bold: true));
        paper.Skip(8);
        paper.Paragraph($"商家：{head.Merchant}　　月份：{head.Month}　　兑换 {head.Captures} 笔", text);
        paper.Paragraph($"合计 {head.Coins} 枚，{Yuan.Of(head.Fen)} 元{(head.Coins == shown.PayableCoins && head.Fen == shown.PayableFen ? "" : $"；其中有疑问暂不结算 {head.Coins - shown.PayableCoins} 枚")}，本期应结 {Yuan.Of(shown.PayableFen)} 元。", text);
        if (head.ConfirmBy is { } day)
            paper.Paragraph(
                string.Create(CultureInfo.InvariantCulture, $"请在 {day.Year} 年 {day.Month} 月 {day.Day} 日前确认；有疑问点那一笔，社区 {shown.AnswerWithinDays} 个工作日内答复。") + (shown.IsSilenceConsent ? "到期没有答复的，视为确认。" : ""), text);
        paper.Skip(8);
        Table(paper, s_parts, s_partWidths, shown.Parts.Select(p => (string[])
            [Word(p.Kind) + (p.IsCarried ? "（结转）" : ""), p.Paper ?? "", $"{p.FenPerCoin}", $"{p.FundSharePercent}", $"{p.Lines}", $"{p.Coins}", Yuan.Of(p.Fen)]), bold, cell, 2, 3, 4, 5, 6);
        paper.Skip(10);
        Table(paper, s_days, s_dayWidths, chart.Days.Select(d => (string[])[d.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"{d.Captures}", $"{d.Coins}", Yuan.Of(d.Fen)]), bold, cell, 1, 2, 3);
        paper.Skip(24);
        paper.Paragraph("商家（盖章）：____________________　　　　社区（盖章）：____________________", text);
    }

    /// <summary>A table over as many pages as it needs.</summary>
    internal static void Table(Paper paper, string[] headings, double[] widths, IEnumerable<string[]> rows, PdfSharp.Drawing.XFont bold, PdfSharp.Drawing.XFont cell, params int[] numbers)
    {
        paper.Ensure(paper.RowHeight(headings, widths, bold) * 2);
        paper.Row(headings, widths, bold, numbers);
        foreach (var row in rows)
        {
            if (paper.Ensure(paper.RowHeight(row, widths, cell)))
                paper.Row(headings, widths, bold, numbers);
            paper.Row(row, widths, cell, numbers);
        }
    }

    private string At(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{calendar.Time.DayOf(at):yyyy-MM-dd} {calendar.Time.TimeOf(at):HH\\:mm\\:ss}");
}
