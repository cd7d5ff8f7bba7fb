using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Settlement.Payouts;
using Phoenix.Platform.Limits;

namespace Phoenix.App.Settlement.Papers;

/// <summary>
/// What the payer and the file need of a payout: the form to be stamped, the bank's list as XLSX or CSV, and one ZIP with everything, statements and scans too. The list has
/// accounts in full, so only the treasurer gets it, and the log says so each time.
/// </summary>
public static class GetPayoutPapers
{
    private static readonly RatePolicy s_printing = new("payout-papers", 20, TimeSpan.FromMinutes(1));

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/payouts/{id:guid}/form", Form)
            .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor).WithMetadata(new RateLimit(s_printing))
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
            .WithName("getPayoutForm").WithSummary("打印拨付审批表（PDF）");
        community.MapGet("/payouts/{id:guid}/bank-list", BankList)
            .RequireRole(Role.Treasurer).WithMetadata(new RateLimit(s_printing))
            .Produces(StatusCodes.Status200OK, contentType: Sheet.MediaType)
            .WithName("getBankList").WithSummary("下载付款清单（XLSX 或 CSV）");
        community.MapGet("/payouts/{id:guid}/archive", Archive)
            .RequireRole(Role.Treasurer).WithMetadata(new RateLimit(s_printing))
            .Produces(StatusCodes.Status200OK, contentType: "application/zip")
            .WithName("getPayoutArchive").WithSummary("下载整套归档文件（ZIP）");
    }

    private static async Task<Results<FileContentHttpResult, Refusal>> Form(Guid id, PhoenixDb db, PayoutPapers papers, CancellationToken cancel)
    {
        if (await Find(id, db, cancel) is not { } payout)
            return new Refusal(new UnknownPayout());
        return await papers.Form(payout, cancel) is { } pdf ? TypedResults.File(pdf, "application/pdf", $"{payout.Name} 审批表.pdf") : new Refusal(new PaperUnprintable());
    }

    private static async Task<Results<FileContentHttpResult, Refusal>> BankList(Guid id, PhoenixDb db, PayoutPapers papers, IAuditLog audit, CancellationToken cancel, bool csv = false)
    {
        if (await Find(id, db, cancel) is not { } payout)
            return new Refusal(new UnknownPayout());
        audit.Write("payout.accounts_shown", $"payout:{id:N}");
        await db.SaveChangesAsync(cancel);
        return csv
            ? TypedResults.File(await papers.BankCsv(payout, cancel), "text/csv", $"{payout.Name} 付款清单.csv")
            : Sheet.File(await papers.BankSheet(payout, cancel), $"{payout.Name} 付款清单.xlsx");
    }

    private static async Task<Results<FileStreamHttpResult, Refusal>> Archive(
        Guid id, PhoenixDb db, PayoutPapers papers, StatementPapers statements, IFileContents files, IAuditLog audit, CancellationToken cancel)
    {
        if (await Find(id, db, cancel) is not { } payout)
            return new Refusal(new UnknownPayout());
        audit.Write("payout.archived", $"payout:{id:N}");
        await db.SaveChangesAsync(cancel);
        return await PaperZip.Answer(payout.Name, zip => Fill(zip, payout, db, papers, statements, files, cancel));
    }

    private static async Task Fill(PaperZip zip, Payout payout, PhoenixDb db, PayoutPapers papers, StatementPapers statements, IFileContents files, CancellationToken cancel)
    {
        if (await papers.Form(payout, cancel) is { } form)
            await zip.Add("审批表.pdf", form, cancel);
        await zip.Add("付款清单.xlsx", await papers.BankSheet(payout, cancel), cancel);
        var rows = await db.Set<Statement>().AsNoTracking().Where(s => db.Set<PayoutItem>().Any(i => i.PayoutId == payout.Id && i.StatementId == s.Id)).OrderBy(s => s.Period).ThenBy(s => s.Id).ToListAsync(cancel);
        for (var i = 0; i < rows.Count; i++)
            for (var part = 1; part <= StatementPapers.PartsOf(rows[i]); part++)
                await zip.Add($"对账单/{i + 1:000} {PaperZip.Safe(await statements.NameOf(rows[i], cancel))} {part}.xlsx", await statements.Lines(rows[i], part, cancel), cancel);
        var scans = await db.Set<PayoutPaper>().AsNoTracking().Where(p => p.PayoutId == payout.Id).OrderBy(p => p.Id).ToListAsync(cancel);
        for (var i = 0; i < scans.Count; i++)
            if (await files.Read(scans[i].FileId, cancel) is { } jpeg)
                await zip.Add($"扫描件/{i + 1:00} {Word(scans[i].Kind)}.jpg", jpeg, cancel);
    }

    private static string Word(PaperKind kind) => kind switch
    {
        PaperKind.StampedForm => "盖章审批表",
        PaperKind.PayerReceipt => "拨付回单",
        _ => "发票",
    };

    private static Task<Payout?> Find(Guid id, PhoenixDb db, CancellationToken cancel) => db.Set<Payout>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancel);
}
