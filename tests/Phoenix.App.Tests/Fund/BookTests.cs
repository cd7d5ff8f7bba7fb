using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Fund;
using Phoenix.App.Fund.Book;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Tests.Harness;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Fund;

/// <summary>Contributions, adjustments and corrections: two people each, evidence each, and a book that tells all of it.</summary>
public sealed class BookTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_receipt_is_in_the_book_once_when_a_second_person_posted_it_with_its_picture(DatabaseKind database)
    {
        await using var desk = await FundDesk.Start(database);
        var id = desk.App.NewRequestId();
        var first = await desk.Treasurer.Post("fund/contributions", desk.Receipt(120_050, donor: DonorKind.Partner, partner: "永安食品厂"), id);
        var entry = first.Ok<EntryProposed>();
        Assert.Equal(first.Text, (await desk.Treasurer.Post("fund/contributions", desk.Receipt(120_050, donor: DonorKind.Partner, partner: "永安食品厂"), id)).Text);
        (await desk.Staff.Post("fund/contributions", desk.Receipt(1, number: " 2026-0 01"))).Refused(HttpStatusCode.Conflict, "approval.already_proposed");

        var waiting = Assert.Single((await desk.Staff.Get("fund/entries?state=waiting")).Ok<Page<ListEntries.Item>>().Items);
        Assert.Equal((entry.EntryId, FundEntryState.Waiting, "周会计", "永安食品厂"), (waiting.Id, waiting.State, waiting.MakerName, waiting.Receipt!.PartnerName));
        Assert.Equal("image/jpeg", (await desk.App.Anyone.Get(waiting.Evidence!.Url)).ContentType);
        Assert.Equal(waiting.Id, Assert.Single((await desk.Auditor.Get($"fund/entries?approvalId={entry.ApprovalId}")).Ok<Page<ListEntries.Item>>().Items).Id);
        var todo = Assert.Single((await desk.Staff.Get("approvals")).Ok<Page<ListApprovals.Item>>().Items);
        Assert.Equal(("捐赠入账 1200.50 元：双流区慈善会，收据 2026-001（合伙人）", true), (todo.Summary, todo.MayDecide));
        Assert.Equal(0, await desk.Cash());

        (await FundDesk.Decide(desk.Treasurer, entry)).Refused(HttpStatusCode.Conflict, "approval.own");
        (await FundDesk.Decide(await desk.App.Person(Role.Treasurer), entry)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await FundDesk.Decide(desk.Staff, entry)).Ok<ListApprovals.Item>();
        (await FundDesk.Decide(desk.Staff, entry)).Refused(HttpStatusCode.Conflict, "approval.decided");
        (await desk.Staff.Post("fund/contributions", desk.Receipt(1, number: "2026-001"))).Refused(HttpStatusCode.Conflict, "fund.receipt_entered");

        Assert.Equal(120_050, await desk.Cash());
        var line = Assert.Single(await desk.Book());
        Assert.Equal((BookLineKind.Contribution, 120_050, 120_050, "双流区慈善会（备案 51012200MJQ）2026-001 号收据", "周会计"), (line.Kind, line.ChangeFen, line.AfterFen, line.Text, line.MakerName));
        Assert.Equal(("51012200MJQ", "2026-001", new DateOnly(2026, 11, 20)), (line.Receipt!.FilingNumber, line.Receipt.ReceiptNumber, line.Receipt.ReceiptOn));
        Assert.Equal(HttpStatusCode.OK, (await desk.App.Anyone.Get(line.Evidence!.Url)).Status);
        var posting = await desk.App.Services.GetRequiredService<AccountSpans>().Between(1, Phoenix.Ledger.Accounts.AccountKey.Of(Phoenix.Ledger.Accounts.AccountKind.External, Phoenix.Ledger.Accounts.Asset.Fen), DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, null, 10, default);
        Assert.Equal((-120_050, line.Seq), (Assert.Single(posting).Change, posting[0].Seq));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_staff_enter_the_treasurer_posts_and_what_is_refused_or_withdrawn_never_counts(DatabaseKind database)
    {
        await using var desk = await FundDesk.Start(database);
        var entry = await desk.Proposed(desk.Receipt(5_000), desk.Staff);
        (await FundDesk.Decide(await desk.App.Person(Role.Staff), entry)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await FundDesk.Decide(desk.Treasurer, entry, approve: false)).Ok<ListApprovals.Item>();
        var again = await desk.Proposed(desk.Receipt(5_000), desk.Staff);
        (await desk.Staff.Post($"approvals/{again.ApprovalId}/withdrawal")).Ok<ListApprovals.Item>();
        Assert.Equal(0, await desk.Cash());
        Assert.Equal([again.EntryId, entry.EntryId], (await desk.Auditor.Get("fund/entries?state=dropped")).Ok<Page<ListEntries.Item>>().Items.Select(i => i.Id));

        var third = await desk.Proposed(desk.Receipt(5_000), desk.Staff);
        (await FundDesk.Decide(desk.Treasurer, third)).Ok<ListApprovals.Item>();
        Assert.Equal(5_000, await desk.Cash());
        Assert.Equal([third.EntryId], (await desk.Auditor.Get("fund/entries?state=posted")).Ok<Page<ListEntries.Item>>().Items.Select(i => i.Id));
        (await desk.Auditor.Get("fund/entries?state=gone")).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_receipt_needs_its_picture_a_charity_a_day_that_has_come_and_only_what_belongs_to_its_donor(DatabaseKind database)
    {
        await using var desk = await FundDesk.Start(database);
        var elsewhere = await FundDesk.Upload(desk.App, await desk.App.Person(TestDatabases.OtherCommunity, Role.Member));
        (await desk.Treasurer.Post("fund/contributions", desk.Receipt(100, file: elsewhere))).Refused(HttpStatusCode.BadRequest, "fund.evidence_missing");
        (await desk.Treasurer.Post("fund/contributions", desk.Receipt(100, file: desk.App.NewRequestId()))).Refused(HttpStatusCode.BadRequest, "fund.evidence_missing");
        (await desk.Treasurer.Post("fund/contributions", desk.Receipt(100, on: "2026-11-24"))).Refused(HttpStatusCode.BadRequest, "fund.receipt_from_later");
        (await desk.Treasurer.Post("fund/contributions", desk.Receipt(100, donor: DonorKind.Other, partner: "张三"))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await desk.Treasurer.Post("fund/contributions", desk.Receipt(100, donor: DonorKind.Stall))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await desk.Treasurer.Post("fund/contributions", desk.Receipt(100, donor: DonorKind.Stall, market: desk.App.NewRequestId()))).Refused(HttpStatusCode.NotFound, "market.unknown");
        (await desk.Treasurer.Post("fund/contributions", desk.Receipt(0))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await desk.Treasurer.Post("fund/contributions", desk.Receipt(FundContribution.MaxFen + 1))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Empty((await desk.Auditor.Get("fund/entries")).Ok<Page<ListEntries.Item>>().Items);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Adjustments_go_both_ways_and_the_fund_never_falls_below_zero(DatabaseKind database)
    {
        await using var desk = await FundDesk.Start(database);
        (await desk.Treasurer.Post("fund/adjustments", new { amountFen = -1, reason = "手续费", fileId = desk.Picture })).Refused(HttpStatusCode.Conflict, "fund.cash_short");
        (await desk.Treasurer.Post("fund/adjustments", new { amountFen = 0, reason = "手续费", fileId = desk.Picture })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await desk.Treasurer.Post("fund/adjustments", new { amountFen = 5, reason = "", fileId = desk.Picture })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        await desk.Adjusted(1_000);

        // Both fit when they are prepared; only one fits when they are posted.
        var one = (await desk.Treasurer.Post("fund/adjustments", new { amountFen = -700, reason = "手续费", fileId = desk.Picture })).Ok<EntryProposed>();
        var two = (await desk.Treasurer.Post("fund/adjustments", new { amountFen = -700, reason = "手续费", fileId = desk.Picture })).Ok<EntryProposed>();
        var answers = await Task.WhenAll(FundDesk.Decide(desk.Staff, one), FundDesk.Decide(desk.Staff, two));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        var refused = Assert.Single(answers, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "fund.cash_short");
        Assert.Contains("基金里只有 3.00 元", refused.Title, StringComparison.Ordinal);
        Assert.Equal(300, await desk.Cash());
        Assert.Equal([(BookLineKind.AdjustmentOut, -700L, 300L), (BookLineKind.AdjustmentIn, 1_000L, 1_000L)], (await desk.Book()).Select(l => (l.Kind, l.ChangeFen, l.AfterFen)));
        Assert.Single((await desk.Auditor.Get("fund/entries?state=waiting")).Ok<Page<ListEntries.Item>>().Items);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_wrong_entry_is_taken_back_whole_by_name_once_and_its_receipt_can_be_entered_anew(DatabaseKind database)
    {
        await using var desk = await FundDesk.Start(database);
        var wrong = await desk.Contributed(desk.Receipt(90_000));
        var waits = (await desk.Treasurer.Post($"fund/entries/{wrong.EntryId}/correction", new { reason = "应为 9000" })).Ok<EntryProposed>();
        (await desk.Treasurer.Post($"fund/entries/{wrong.EntryId}/correction", new { reason = "应为 9000" })).Refused(HttpStatusCode.Conflict, "approval.already_proposed");
        (await FundDesk.Decide(desk.Treasurer, waits)).Refused(HttpStatusCode.Conflict, "approval.own");
        (await FundDesk.Decide(desk.Staff, waits)).Ok<ListApprovals.Item>();
        (await desk.Treasurer.Post($"fund/entries/{wrong.EntryId}/correction", new { reason = "再来一次" })).Refused(HttpStatusCode.Conflict, "fund.entry_corrected");
        (await desk.Treasurer.Post($"fund/entries/{waits.EntryId}/correction", new { reason = "冲正冲正" })).Refused(HttpStatusCode.Conflict, "fund.entry_corrected");
        (await desk.Treasurer.Post($"fund/entries/{desk.App.NewRequestId()}/correction", new { reason = "没有" })).Refused(HttpStatusCode.NotFound, "fund.entry_unknown");
        Assert.Equal(0, await desk.Cash());

        await desk.Contributed(desk.Receipt(9_000));
        (await desk.Treasurer.Post("fund/contributions", desk.Receipt(9_000))).Refused(HttpStatusCode.Conflict, "fund.receipt_entered");
        var book = await desk.Book();
        Assert.Equal([(BookLineKind.Contribution, 9_000L, false), (BookLineKind.Correction, -90_000L, false), (BookLineKind.Contribution, 90_000L, true)], book.Select(l => (l.Kind, l.ChangeFen, l.IsCorrected)));
        Assert.Equal((wrong.EntryId, "应为 9000"), (book[1].CorrectsId, book[1].Text));
        Assert.Equal(9_000, await desk.Cash());

        var unposted = await desk.Proposed(desk.Receipt(1, number: "2026-002"));
        (await desk.Treasurer.Post($"fund/entries/{unposted.EntryId}/correction", new { reason = "没入账" })).Refused(HttpStatusCode.Conflict, "fund.entry_not_posted");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_is_spent_can_not_be_taken_back_and_the_opening_money_can(DatabaseKind database)
    {
        await using var desk = await FundDesk.Start(database);
        await desk.Open(10_000);
        var entry = await desk.Contributed(desk.Receipt(500));
        await desk.Paid(10_200, "2026-10");
        var correction = (await desk.Treasurer.Post($"fund/entries/{entry.EntryId}/correction", new { reason = "退款了" })).Ok<EntryProposed>();
        (await FundDesk.Decide(desk.Staff, correction)).Refused(HttpStatusCode.Conflict, "fund.cash_short");
        Assert.Equal(300, await desk.Cash());
        await desk.Paid(-10_200, "2026-10 退回");
        (await FundDesk.Decide(desk.Staff, correction)).Ok<ListApprovals.Item>();

        var opening = (await desk.Book()).Single(l => l.Kind == BookLineKind.Opening);
        await desk.Corrected(opening.EntryId!.Value);
        Assert.Equal(0, await desk.Cash());
        Assert.True((await desk.Book()).Single(l => l.Kind == BookLineKind.Opening).IsCorrected);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_book_has_every_line_of_the_ledger_by_page_by_month_and_as_a_sheet(DatabaseKind database)
    {
        await using var desk = await FundDesk.Start(database);
        await desk.Open(10_000);
        for (var i = 1; i <= 3; i++)
            await desk.Contributed(desk.Receipt(i * 100, number: $"=2026-00{i}"));
        await desk.Paid(700, "十月拨付");
        // 2026-12-01 00:30 in Chengdu is still November in UTC.
        await desk.At(new DateTimeOffset(2026, 11, 30, 16, 30, 0, TimeSpan.Zero));
        await desk.Adjusted(40);

        var (pages, cursor) = (new List<ListBook.Item>(), (string?)null);
        do
        {
            var page = (await desk.Auditor.Get("fund/book?limit=2" + (cursor is null ? "" : $"&cursor={cursor}"))).Ok<Page<ListBook.Item>>();
            Assert.InRange(page.Items.Count, 1, 2);
            pages.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal([40L, -700, 300, 200, 100, 10_000], pages.Select(l => l.ChangeFen));
        Assert.Equal([9_940L, 9_900, 10_600, 10_300, 10_100, 10_000], pages.Select(l => l.AfterFen));
        Assert.Equal((BookLineKind.Payout, null, "十月拨付"), (pages[1].Kind, pages[1].EntryId, pages[1].Text));
        Assert.Equal(5, (await desk.Book("2026-11")).Count);
        Assert.Equal(40, Assert.Single(await desk.Book("2026-12")).ChangeFen);
        Assert.Empty(await desk.Book("2026-10"));
        (await desk.Auditor.Get("fund/book?month=2026-13")).Refused(HttpStatusCode.BadRequest, "fund.bad_month");
        (await desk.Auditor.Get("fund/book?cursor=x")).Refused(HttpStatusCode.BadRequest, "page.bad");

        var sheet = await desk.Auditor.Get("fund/book.xlsx?month=2026-11");
        Assert.Equal(Sheet.MediaType, sheet.ContentType);
        var rows = Sheet.Read(sheet.Bytes, ["日期", "类别", "收入（元）", "支出（元）", "结余（元）", "摘要", "收据编号", "经办", "凭据"]).Value;
        Assert.Equal(["期初", "捐赠入账", "捐赠入账", "捐赠入账", "拨付"], rows.Select(r => r["类别"]));
        Assert.Equal(("2026-11-23", "3", "", "106", "=2026-003", "周会计", "有"), (rows[3]["日期"], rows[3]["收入（元）"], rows[3]["支出（元）"], rows[3]["结余（元）"], rows[3]["收据编号"], rows[3]["经办"], rows[3]["凭据"]));
        Assert.Equal("7", rows[4]["支出（元）"]);
        Assert.Equal(1, await desk.App.Read(Seeding.CommunityId, db => db.Set<Phoenix.App.Community.Audit.AuditEntry>().CountAsync(e => e.Action == "fund.exported")));
        (await (await desk.App.Person(Role.Member)).Get("fund/book")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        Assert.Empty((await (await desk.App.Person(TestDatabases.OtherCommunity, Role.Auditor)).Get("fund/book")).Ok<Page<ListBook.Item>>().Items);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_an_entry_says_can_not_be_changed_and_no_entry_goes(DatabaseKind database)
    {
        await using var desk = await FundDesk.Start(database);
        await desk.Contributed(desk.Receipt(100));
        await desk.Proposed(desk.Receipt(200, number: "2026-002"));
        foreach (var sql in (string[])["update fund_entries set amount_fen = 1", "update fund_entries set reason = 'x'", "update fund_entries set posting_seq = 9, posted_at = created_at where posting_seq is not null", "delete from fund_entries"])
            await Assert.ThrowsAnyAsync<Exception>(() => desk.App.Read(Seeding.CommunityId, db => db.Database.ExecuteSqlRawAsync(sql)));
        Assert.Equal([200L, 100L], (await desk.Auditor.Get("fund/entries")).Ok<Page<ListEntries.Item>>().Items.Select(i => i.AmountFen));
    }
}
