using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Redemption;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement.Papers;

/// <summary>A month for the file: one ZIP with every merchant's statement as XLSX, and a list of them.</summary>
public static class GetMonthArchive
{
    /// <summary>Most statements of a ZIP: the list is one sheet.</summary>
    public const int MaxStatements = Sheet.MaxRows;

    private static readonly RatePolicy s_archiving = new("month-archive", 5, TimeSpan.FromMinutes(1));
    private static readonly string[] s_index = ["序号", "商家", "月份", "状态", "兑换笔数", "枚数", "金额（元）", "确认期限", "应拨付（元）", "文件"];

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/statements/zip", Run)
        .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor).WithMetadata(new RateLimit(s_archiving))
        .Produces(StatusCodes.Status200OK, contentType: "application/zip")
        .WithName("getMonthArchive").WithSummary("下载一个月的全部对账单（ZIP）");

    private static async Task<Results<FileStreamHttpResult, Refusal>> Run([FromQuery(Name = "month")] DateOnly month, PhoenixDb db, IMerchantDirectory merchants, StatementPapers papers, CancellationToken cancel)
    {
        var period = Month.Of(month).FirstDay;
        var statements = await db.Set<Statement>().AsNoTracking().Where(s => s.Period == period).OrderBy(s => s.Id).Take(MaxStatements).ToListAsync(cancel);
        if (statements.Count == 0)
            return new Refusal(new NoStatements());
        var heads = await merchants.Of([.. statements.Select(s => s.MerchantId)], cancel);
        var named = statements.OrderBy(s => heads[s.MerchantId].Name, StringComparer.Ordinal).ThenBy(s => s.Id).Select((s, i) => (Statement: s, heads[s.MerchantId].Name, Number: i + 1)).ToList();
        return await PaperZip.Answer($"{Month.Of(period)} 对账单", async zip =>
        {
            await zip.Add("目录.xlsx", Sheet.Write("目录", s_index, named.Select(n => Row(n.Statement, n.Name, n.Number))), cancel);
            foreach (var (statement, name, number) in named)
                for (var part = 1; part <= StatementPapers.PartsOf(statement); part++)
                    await zip.Add(FileOf(statement, name, number, part), await papers.Lines(statement, part, cancel), cancel);
        });
    }

    private static IReadOnlyList<object?> Row(Statement s, string merchant, int number) =>
        [number, merchant, s.Month.ToString(), Word(s.State), s.Captures, s.TotalCoins, Yuan.Number(s.TotalFen), s.ConfirmBy, s.FinalFen is { } fen ? Yuan.Number(fen) : null, FileOf(s, merchant, number, 1)];

    private static string FileOf(Statement s, string merchant, int number, int part) => $"{number:0000} {PaperZip.Safe(merchant)} {s.Month} 对账单{(part > 1 ? $" {part}" : "")}.xlsx";

    private static string Word(StatementState state) => state switch
    {
        StatementState.Draft => "已生成",
        StatementState.Sent => "待确认",
        StatementState.Disputed => "有疑问",
        StatementState.Confirmed => "已确认",
        StatementState.Resolved => "疑问已答复",
        StatementState.Approved => "已审批",
        StatementState.InPayout => "拨付中",
        StatementState.Paid => "已拨付",
        _ => "已结清",
    };
}
