using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community.Audit;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Settlement;
using Phoenix.App.Settlement.Confirming;
using Phoenix.App.Settlement.Payouts;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Redemption;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Settlement;

/// <summary>What is downloaded and printed, and who gets it.</summary>
public sealed class PaperTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_merchant_gets_its_own_sheet_page_and_chart_and_nobody_else_s(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        var other = await MerchantTests.Shop.Open(books.App, "永安超市");
        var exchanged = await books.Exchange(2, quantity: 2);
        await books.Refund(exchanged[0], 6);
        await books.CloseAt("2026-12-01");
        var id = (await books.Row()).Id;
        var rows = Sheet.Read((await books.Owner.Get($"statements/{id}/sheet")).Bytes, ["类别", "日期", "号", "项目", "枚数", "金额（元）"]).Value;
        Assert.Equal(["兑换|1|36|18", "兑换|2|36|18", "退回|1|-6|-3"], rows.Select(r => $"{r["类别"]}|{r["号"]}|{r["枚数"]}|{r["金额（元）"]}"));
        (await books.Owner.Get($"statements/{id}/sheet?part=2")).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
        var page = await books.Owner.Get($"statements/{id}/page");
        Assert.Equal((HttpStatusCode.OK, "application/pdf", "%PDF"), (page.Status, page.ContentType, page.Text[..4]));
        var chart = (await books.Owner.Get($"statements/{id}/chart")).Ok<GetStatement.Chart>();
        Assert.Equal((new GetStatement.Bar(new DateOnly(2026, 11, 30), 2, 72, 3_600), new GetStatement.Slice("爱心午餐", 4, 72)), (chart.Days.Single(), chart.Items.Single()));
        foreach (var address in (string[])["", "/lines", "/sheet", "/page", "/chart"])
        {
            (await books.App.Fresh(other.Owner).Get($"statements/{id}{address}")).Refused(HttpStatusCode.NotFound, "statement.unknown");
            (await books.Clerk.Get($"statements/{id}{address}")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_month_is_one_zip_with_every_statement_and_a_list(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        await Market.Open(books.App, name: "永安/超市", startsOn: "2026-11-30");
        await books.Exchange(2);
        (await books.Staff.Get("statements/zip?month=2026-11-01")).Refused(HttpStatusCode.NotFound, "statement.none");
        await books.CloseAt("2026-12-01");
        foreach (var caller in (TestCaller[])[books.Staff, books.Treasurer, books.App.Fresh(await books.App.Person(Phoenix.App.Http.Role.Auditor))])
        {
            using var zip = new ZipArchive(new MemoryStream((await caller.Get("statements/zip?month=2026-11-01")).Bytes));
            Assert.Equal(["目录.xlsx", "0001 永安_超市 2026-11 对账单.xlsx", "0002 社区食堂 2026-11 对账单.xlsx"], zip.Entries.Select(e => e.FullName));
            var index = Sheet.Read(Unpacked(zip.Entries[0]), ["商家", "状态", "兑换笔数", "枚数", "金额（元）", "确认期限", "文件"]).Value;
            Assert.Equal(["永安/超市|待确认|0|0|0|0001 永安_超市 2026-11 对账单.xlsx", "社区食堂|待确认|2|36|18|0002 社区食堂 2026-11 对账单.xlsx"], index.Select(r => $"{r["商家"]}|{r["状态"]}|{r["兑换笔数"]}|{r["枚数"]}|{r["金额（元）"]}|{r["文件"]}"));
            Assert.Equal(2, Sheet.Read(Unpacked(zip.Entries[2]), ["项目"]).Value.Count(r => r["项目"] == "爱心午餐"));
        }

        (await books.Staff.Get("statements/zip?month=2026-13-01")).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
        (await books.Owner.Get("statements/zip?month=2026-11-01")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        var neighbour = await books.App.Person(TestDatabases.OtherCommunity, Phoenix.App.Http.Role.Staff);
        (await neighbour.Get("statements/zip?month=2026-11-01")).Refused(HttpStatusCode.NotFound, "statement.none");
    }

    private static byte[] Unpacked(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_payer_gets_a_complete_file_and_accounts_are_the_treasurer_s_alone(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        await books.GivePayee();
        await books.Exchange(1);
        await books.CloseAt("2026-12-01");
        var id = (await books.Row()).Id;
        (await books.Confirm(id)).Ok<ConfirmStatement.Response>();
        var payout = await books.Submitted(id);
        (await books.Treasurer.Post($"payouts/{payout}/papers", new { kind = "payerReceipt", fileId = await books.Picture(books.Treasurer), statementId = id })).Ok<MovePayout.PaperResponse>();
        Assert.Equal("%PDF", (await books.Staff.Get($"payouts/{payout}/form")).Text[..4]);
        foreach (var address in (string[])["bank-list", "archive"])
            (await books.Staff.Get($"payouts/{payout}/{address}")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        var row = Sheet.Read((await books.Treasurer.Get($"payouts/{payout}/bank-list")).Bytes, ["户名", "账号", "开户行", "金额（元）", "用途"]).Value.Single();
        Assert.Equal(("成都永安餐饮有限公司", "6222020200001230123", "成都银行永安支行", "9", "2026-11 凤凰币兑换结算 拨付-2026-0001"), (row["户名"], row["账号"], row["开户行"], row["金额（元）"], row["用途"]));
        var csv = (await books.Treasurer.Get($"payouts/{payout}/bank-list?csv=true")).Text.TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal("\"1\",\"成都永安餐饮有限公司\",\"6222020200001230123\",\"成都银行永安支行\",\"9\",\"2026-11 凤凰币兑换结算 拨付-2026-0001\"", csv[1]);
        var archive = await books.Treasurer.Get($"payouts/{payout}/archive");
        using var zip = new ZipArchive(new MemoryStream(archive.Bytes));
        Assert.Equal(["审批表.pdf", "付款清单.xlsx", "对账单/001 2026-11 社区食堂 对账单 1.xlsx", "扫描件/01 拨付回单.jpg"], zip.Entries.Select(e => e.FullName));
        Assert.Equal(2, await books.App.Read(1, db => db.Set<AuditEntry>().CountAsync(a => a.Action == "payout.accounts_shown")));
        foreach (var address in (string[])["", "/form", "/bank-list", "/archive"])
            (await books.Treasurer.Get($"payouts/{books.App.NewRequestId()}{address}")).Refused(HttpStatusCode.NotFound, "payout.unknown");
    }
}
