using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Settlement;
using Phoenix.App.Settlement.Confirming;
using Phoenix.App.Settlement.Payouts;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Redemption;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Settlement;

/// <summary>Payouts from the application to the closing: who may, what moves, and what never changes.</summary>
public sealed class PayoutTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_statement_is_applied_for_approved_paid_and_closed_and_coins_and_fen_move_together(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        await books.GivePayee();
        await books.Exchange(3);
        await books.CloseAt("2026-12-01");
        var id = (await books.Row()).Id;
        (await books.Prepare(id)).Refused(HttpStatusCode.Conflict, "payout.statement_not_payable");
        (await books.Confirm(id)).Ok<ConfirmStatement.Response>();
        (await books.Staff.Post("payouts", new { statements = new[] { id }, payer = "基金会" })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        var prepared = (await books.Prepare(id)).Ok<PreparePayout.Response>();
        Assert.Equal(("拨付-2026-0001", 2_700L, false), (prepared.Name, prepared.Fen, prepared.NeedsSecondCheck));
        (await books.Prepare(id)).Refused(HttpStatusCode.Conflict, "payout.statement_not_payable");
        (await books.Treasurer.Post($"payouts/{prepared.Id}/submission")).Refused(HttpStatusCode.Conflict, "payout.wrong_state");
        (await MerchantTests.Decide(books.Treasurer, prepared.ApprovalId)).Refused(HttpStatusCode.Conflict, "approval.own");
        (await MerchantTests.Decide(books.Checker, prepared.ApprovalId)).Ok<ListApprovals.Item>();
        Assert.Equal(StatementState.Approved, (await books.Row()).State);
        (await books.Treasurer.Post($"payouts/{prepared.Id}/submission")).Ok<MovePayout.Response>();
        (await books.Treasurer.Put($"payouts/{prepared.Id}/payments/{id}/invoice", new { state = "received", number = "5100261130" })).Ok<MovePayout.Response>();
        var scan = await books.Picture(books.Treasurer);
        (await books.Treasurer.Post($"payouts/{prepared.Id}/papers", new { kind = "stampedForm", fileId = scan })).Ok<MovePayout.PaperResponse>();
        (await books.Treasurer.Post($"payouts/{prepared.Id}/closing")).Refused(HttpStatusCode.Conflict, "payout.payments_open");

        var requestId = books.App.NewRequestId();
        var paid = await books.Pay(prepared.Id, id, requestId: requestId);
        var line = Assert.Single(paid.Ok<RecordPayments.Response>().Payments);
        Assert.Equal((PaymentState.Paid, 2_700L, 54L), (line.State, line.Fen, line.SettledCoins));
        Assert.Equal(paid.Text, (await books.Pay(prepared.Id, id, requestId: requestId)).Text);
        (await books.Pay(prepared.Id, id)).Refused(HttpStatusCode.Conflict, "payout.payment_ended");
        Assert.Equal((54, 0, 997_300), (await books.Settled(), await books.Market.Received(), await books.Cash()));
        (await books.Treasurer.Post($"payouts/{prepared.Id}/closing")).Ok<MovePayout.Response>();
        Assert.Equal(StatementState.Closed, (await books.Row()).State);

        // One request with a posting for each asset.
        var item = await books.App.Read(1, db => db.Set<PayoutItem>().AsNoTracking().SingleAsync());
        var shown = (await books.App.Fresh(await books.App.Person(Role.Auditor)).Get($"payouts/{prepared.Id}")).Ok<ListPayouts.Response>();
        Assert.Equal((PayoutState.Closed, InvoiceState.Received, "回单0001", PaperKind.StampedForm), (shown.Head.State, shown.Payments[0].Invoice, shown.Payments[0].BankReference, shown.Papers[0].Kind));
        Assert.NotNull(item.PostingSeq);
        await Assert.ThrowsAnyAsync<Exception>(() => books.App.Read(1, db => db.Set<Statement>().Where(s => s.Id == id).ExecuteUpdateAsync(u => u.SetProperty(s => s.Revision, 99))));
        await books.Market.Relay();
        Assert.Contains("11 月的对账款", (await books.Owner.Get("/api/v1/messages")).Text, StringComparison.Ordinal);
        var figures = await Figures(books);
        Assert.Equal((2_700L, 54L, 0L, new MonthSettled(new Month(2026, 12), 1, 2_700, 54)), (figures.PaidFen, figures.SettledCoins, figures.WaitingFen, figures.Months.Single()));
        await books.Reconcile();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Much_money_is_approved_by_two_and_never_by_who_prepared_it_or_gains_by_it(DatabaseKind database)
    {
        await using var books = await Books.Open(database, fenPerCoin: 10_000, fundFen: 10_000_000);
        await books.GivePayee();
        await books.Exchange(3);
        await books.CloseAt("2026-12-01");
        var id = (await books.Row()).Id;
        (await books.Confirm(id)).Ok<ConfirmStatement.Response>();
        var prepared = (await books.Prepare(id)).Ok<PreparePayout.Response>();
        Assert.Equal((540_000L, true), (prepared.Fen, prepared.NeedsSecondCheck));

        // A clerk of the shop who is staff as well.
        var (clerk, _) = await books.App.Member("小李", Role.Staff);
        await (books.Market.Shop with { Owner = books.Owner }).Hire(clerk);
        (await MerchantTests.Decide(clerk, prepared.ApprovalId)).Refused(HttpStatusCode.Conflict, "approval.own");
        (await MerchantTests.Decide(books.Checker, prepared.ApprovalId)).Ok<ListApprovals.Item>();
        Assert.Equal(StatementState.Confirmed, (await books.Row()).State);
        var second = (await books.Treasurer.Get($"payouts/{prepared.Id}")).Ok<ListPayouts.Response>().Head.ApprovalId;
        Assert.NotEqual(prepared.ApprovalId, second);
        (await MerchantTests.Decide(books.Checker, second)).Refused(HttpStatusCode.Conflict, "approval.own");
        (await MerchantTests.Decide(clerk, second)).Refused(HttpStatusCode.Conflict, "approval.own");
        (await MerchantTests.Decide(books.Staff, second)).Ok<ListApprovals.Item>();
        Assert.Equal(StatementState.Approved, (await books.Row()).State);

        // A treasurer of the shop neither prepares nor submits nor pays.
        var (own, _) = await books.App.Member("陈会计", Role.Treasurer);
        await (books.Market.Shop with { Owner = books.Owner }).Hire(own);
        foreach (var answer in (Answer[])[
            await own.Post("payouts", new { statements = new[] { id }, payer = "基金会" }), await own.Post($"payouts/{prepared.Id}/submission"),
            await own.Post($"payouts/{prepared.Id}/payments", new { payments = new[] { new { statementId = id, isPaid = false, reason = "账号不对" } } })])
            answer.Refused(HttpStatusCode.Forbidden, "settlement.own");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_payment_that_came_back_is_paid_by_another_payout_to_the_new_account(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        await books.GivePayee();
        await books.Exchange(1);
        await books.CloseAt("2026-12-01");
        var id = (await books.Row()).Id;
        (await books.Confirm(id)).Ok<ConfirmStatement.Response>();
        var first = await books.Submitted(id);
        (await books.Treasurer.Post($"payouts/{first}/payments", new { payments = new[] { new { statementId = id, isPaid = true, bankReference = "回单1", paidOn = "2026-12-02" } } })).Refused(HttpStatusCode.BadRequest, "payout.paid_on_bad");
        (await books.Treasurer.Post($"payouts/{first}/payments", new { payments = new[] { new { statementId = id, isPaid = false, reason = "账号户名不符" } } })).Ok<RecordPayments.Response>();
        (await books.Pay(first, id)).Refused(HttpStatusCode.Conflict, "payout.payment_ended");
        (await books.Treasurer.Post($"payouts/{first}/voiding")).Refused(HttpStatusCode.Conflict, "payout.wrong_state");
        (await books.Treasurer.Post($"payouts/{first}/closing")).Ok<MovePayout.Response>();
        Assert.Equal((StatementState.Approved, 18, 1_000_000), ((await books.Row()).State, await books.Market.Received(), await books.Cash()));

        var second = (await books.Prepare(id)).Ok<PreparePayout.Response>();
        (await MerchantTests.Decide(books.Checker, second.ApprovalId, approve: false)).Ok<ListApprovals.Item>();
        (await books.Treasurer.Post($"payouts/{second.Id}/voiding")).Ok<MovePayout.Response>();
        var third = await books.Submitted(id);
        (await books.Pay(third, id)).Ok<RecordPayments.Response>();
        (await books.Treasurer.Post($"payouts/{third}/closing")).Ok<MovePayout.Response>();
        Assert.Equal((StatementState.Closed, 18, 999_100), ((await books.Row()).State, await books.Settled(), await books.Cash()));
        Assert.Equal(["拨付-2026-0003", "拨付-2026-0002", "拨付-2026-0001"], (await books.Treasurer.Get("payouts")).Ok<Page<ListPayouts.Item>>().Items.Select(p => p.Name));
        await books.Reconcile();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Coins_that_went_back_before_the_month_was_paid_are_made_up_for_by_the_next(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        await books.GivePayee();
        var exchanged = await books.Exchange(4);
        await books.CloseAt("2026-12-01");
        var november = (await books.Row()).Id;
        (await books.Confirm(november)).Ok<ConfirmStatement.Response>();
        await books.Refund(exchanged[0], 18);
        await books.Refund(exchanged[1], 18);
        var payout = await books.Submitted(november);
        var line = Assert.Single((await books.Pay(payout, november)).Ok<RecordPayments.Response>().Payments);
        Assert.Equal((3_600L, 36L, 0L), (line.Fen, line.SettledCoins, await books.Market.Received()));

        // December comes out below zero: nothing to pay, closed at once, and January has the debt as a line.
        await books.CloseAt("2027-01-01");
        var december = await books.Row(new Month(2026, 12));
        Assert.Equal((-36L, -1_800L), (december.TotalCoins, december.TotalFen));
        (await books.Confirm(december.Id)).Ok<ConfirmStatement.Response>();
        Assert.Equal(StatementState.Closed, (await books.Row(new Month(2026, 12))).State);
        books.GoTo("2027-01-15", "12:00:00");
        await books.Exchange(3);
        await books.CloseAt("2027-02-01");
        var january = await books.Row(new Month(2027, 1));
        Assert.Equal((54L, 2_700L, -1_800L, 900L), (january.CapturedCoins, january.CapturedFen, january.CarriedFen, january.TotalFen));
        Assert.Equal((LineKind.Debt, "2026-12"), (await books.Lines(january.Id)).Where(l => l.Kind != LineKind.Capture).Select(l => (l.Kind, l.FromMonth)).Single());
        (await books.Confirm(january.Id)).Ok<ConfirmStatement.Response>();
        var last = await books.Submitted(january.Id);
        Assert.Equal((900L, 54L), (await books.Pay(last, january.Id)).Ok<RecordPayments.Response>().Payments.Select(p => (p.Fen, p.SettledCoins)).Single());
        Assert.Equal((90, 0, 1_000_000 - 3_600 - 900), (await books.Settled(), await books.Market.Received(), await books.Cash()));
        await books.CloseAt("2027-03-01");
        Assert.Equal(0, (await books.Row(new Month(2027, 2))).TotalFen);
        await books.Reconcile();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Without_an_account_or_money_nothing_is_paid(DatabaseKind database)
    {
        await using var books = await Books.Open(database, fundFen: 899);
        await books.Exchange(1);
        await books.CloseAt("2026-12-01");
        var id = (await books.Row()).Id;
        (await books.Confirm(id)).Ok<ConfirmStatement.Response>();
        var refused = (await books.Prepare(id)).Refused(HttpStatusCode.Conflict, "payout.payee_missing");
        Assert.StartsWith("社区食堂还没有核对过的收款账户", refused.Title, StringComparison.Ordinal);
        await books.GivePayee();
        (await books.Prepare(books.App.NewRequestId())).Refused(HttpStatusCode.NotFound, "statement.unknown");
        var payout = await books.Submitted(id);
        (await books.Pay(payout, id)).Refused(HttpStatusCode.Conflict, "payout.fund_short");
        Assert.Equal((StatementState.InPayout, 899, 18, 0), ((await books.Row()).State, await books.Cash(), await books.Market.Received(), await books.Settled()));
        Assert.Equal(900, (await Figures(books)).WaitingFen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_nil_statement_is_closed_by_its_confirmation(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        await books.CloseAt("2026-12-01");
        var nil = await books.Row();
        Assert.Equal((0, StatementState.Sent), (nil.Lines, nil.State));
        Assert.Equal(StatementState.Closed, (await books.Confirm(nil.Id)).Ok<ConfirmStatement.Response>().State);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_leaving_treasurer_s_payouts_are_the_successor_s_who_does_not_approve_them_either(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        var ((leaver, from), (successor, to)) = (await books.App.Member("周会计", Role.Treasurer), await books.App.Member("吴会计", Role.Staff));
        await books.GivePayee();
        await books.Exchange(1);
        await books.CloseAt("2026-12-01");
        var id = (await books.Row()).Id;
        (await books.Confirm(id)).Ok<ConfirmStatement.Response>();
        var prepared = (await books.App.Fresh(leaver).Post("payouts", new { statements = new[] { id }, payer = "基金会" })).Ok<PreparePayout.Response>();
        var handOver = (await books.Staff.Post("hand-over", new { memberId = from, successorId = to, reason = "调岗" })).Ok<Phoenix.App.Identity.Roles.HandOver.Response>();
        if (handOver.ApprovalId is { } waits)
            (await MerchantTests.Decide(books.Checker, waits)).Ok<ListApprovals.Item>();
        (await MerchantTests.Decide(books.App.Fresh(successor), prepared.ApprovalId)).Refused(HttpStatusCode.Conflict, "approval.own");
        var payout = await books.App.Read(1, db => db.Set<Payout>().AsNoTracking().SingleAsync());
        Assert.Equal((leaver.PersonId, successor.PersonId), (payout.MakerId, payout.KeeperId));
        (await MerchantTests.Decide(books.Checker, prepared.ApprovalId)).Ok<ListApprovals.Item>();
        (await books.App.Fresh(successor).Post($"payouts/{prepared.Id}/submission")).Ok<MovePayout.Response>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_somebody_said_is_theirs_to_have_and_is_erased_with_the_account(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        await books.Exchange(1);
        await books.CloseAt("2026-12-01");
        var id = (await books.Row()).Id;
        var doubt = (await books.Doubt(id, (await books.Lines(id))[0], "这一笔是两份")).Ok<DisputeLine.Response>();
        (await books.Confirm(id)).Ok<ConfirmStatement.Response>();
        await using var scope = books.App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var part = scope.ServiceProvider.GetServices<IPersonalData>().Single(p => p.GetType().Name == "PersonalSettlement");
        var sections = await part.Export(books.Owner.PersonId, CancellationToken.None);
        Assert.Equal(["我在对账单疑问里说的话", "我确认的对账单"], sections.Select(s => s.Title));
        Assert.Equal("这一笔是两份", sections[0].Rows.Single()[1]);
        await part.Erase(books.Owner.PersonId, Departure.Community, CancellationToken.None);
        Assert.Equal("这一笔是两份", (await books.Shown(id)).Doubts.Single(d => d.Id == doubt.Id).Words[0].Text);
        for (var i = 0; i < 2; i++)
            await part.Erase(books.Owner.PersonId, Departure.Account, CancellationToken.None);
        Assert.Equal("（已删除）", (await books.Shown(id)).Doubts.Single(d => d.Id == doubt.Id).Words[0].Text);
    }

    internal static async Task<SettledTotals> Figures(Books books)
    {
        await using var scope = books.App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        return await scope.ServiceProvider.GetRequiredService<ISettledFigures>().Totals(CancellationToken.None);
    }
}
