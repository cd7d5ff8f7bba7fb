using Microsoft.AspNetCore.Http.HttpResults;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;
using Phoenix.Platform.Limits;

namespace Phoenix.App.Settlement.Papers;

/// <summary>A statement to be kept: its lines as XLSX, in parts of 5,000, and a page to be printed and stamped.</summary>
public static class GetStatementPapers
{
    private static readonly RatePolicy s_printing = new("statement-papers", 30, TimeSpan.FromMinutes(1));

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/statements/{id:guid}/sheet", Lines)
            .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor, Role.MerchantOwner).WithMetadata(new RateLimit(s_printing))
            .Produces(StatusCodes.Status200OK, contentType: Sheet.MediaType)
            .WithName("getStatementSheet").WithSummary("下载对账单明细（XLSX）");
        community.MapGet("/statements/{id:guid}/page", Print)
            .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor, Role.MerchantOwner).WithMetadata(new RateLimit(s_printing))
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .WithName("getStatementPage").WithSummary("打印对账单（PDF）");
    }

    private static async Task<Results<FileContentHttpResult, Refusal>> Lines(Guid id, Caller caller, StatementDesk desk, StatementPapers papers, CancellationToken cancel, int part = 1)
    {
        if (!(await desk.Find(id, caller, cancel)).TryGet(out var statement, out var error))
            return new Refusal(error);
        if (part < 1 || part > StatementPapers.PartsOf(statement))
            return new Refusal(new BadParameter());
        return Sheet.File(await papers.Lines(statement, part, cancel), $"{await papers.NameOf(statement, cancel)}{(part > 1 ? $" {part}" : "")}.xlsx");
    }

    private static async Task<Results<FileContentHttpResult, Refusal>> Print(Guid id, Caller caller, GetStatement.Handler statements, StatementPapers papers, CancellationToken cancel)
    {
        if (!(await statements.Show(id, caller, cancel)).TryGet(out var shown, out var error) || !(await statements.Draw(id, caller, cancel)).TryGet(out var chart, out error))
            return new Refusal(error);
        if (await papers.Print(shown, chart, cancel) is not { } pdf)
            return new Refusal(new PaperUnprintable());
        return TypedResults.File(pdf, "application/pdf", $"{shown.Head.Month} {shown.Head.Merchant} 对账单.pdf");
    }
}
