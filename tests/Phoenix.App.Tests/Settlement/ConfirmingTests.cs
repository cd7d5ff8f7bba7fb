using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Settlement;
using Phoenix.App.Settlement.Confirming;
using Phoenix.App.Settlement.Payouts;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Redemption;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Settlement;

/// <summary>What merchants say to their statements, what staff answer, and what silence means.</summary>
public sealed class ConfirmingTests
{
    private static readonly Month s_december = new(2026, 12);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_owner_confirms_once_and_only_the_own_statement(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        var other = await MerchantTests.Shop.Open(books.App, "永安超市");
        await books.Exchange(1);
        await books.CloseAt("2026-12-01");
        var id = (await books.Row()).Id;
        var stranger = books.App.Fresh(other.Owner);
        (await books.Confirm(id, stranger)).Refused(HttpStatusCode.NotFound, "statement.unknown");
        foreach (var address in (string[])["", "/lines", "/chart"])
            (await stranger.Get($"statements/{id}{address}")).Refused(HttpStatusCode.NotFound, "statement.unknown");
        Assert.Empty((await stranger.Get($"statements?merchant={books.Shop}")).Ok<Page<ListStatements.Item>>().Items);
        (await books.Confirm(id, books.Clerk)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await books.Confirm(id, books.Staff)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");

        var requestId = books.App.NewRequestId();
        var confirmed = (await books.Owner.Post($"statements/{id}/confirmation", null, requestId)).Ok<ConfirmStatement.Response>();
        Assert.Equal((StatementState.Confirmed, books.App.Now), (confirmed.State, confirmed.ConfirmedAt));
        books.App.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(confirmed, (await books.Owner.Post($"statements/{id}/confirmation", null, requestId)).Ok<ConfirmStatement.Response>());
        (await books.Confirm(id)).Refused(HttpStatusCode.Conflict, "statement.not_open");
        (await books.Doubt(id, (await books.Lines(id))[0])).Refused(HttpStatusCode.Conflict, "statement.not_open");
        var shown = Assert.Single((await books.Owner.Get("statements")).Ok<Page<ListStatements.Item>>().Items);
        Assert.Equal(("社区食堂", "2026-11", false), (shown.Merchant, shown.Month, shown.IsBySilence));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Silence_is_reminded_of_after_three_and_five_working_days_and_a_yes_after_the_named_date(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        await books.Exchange(1);
        await books.CloseAt("2026-12-01");
        // A holiday that staff enter after the sending moves nothing that was told.
        var reminders = new List<int>();
        foreach (var day in (string[])["2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08", "2026-12-10"])
        {
            books.GoTo(day, "23:59:59");
            await books.App.Sweep("settlement.care");
            await books.App.Sweep("settlement.care");
            reminders.Add((await books.Row()).Reminders);
        }

        Assert.Equal([0, 1, 1, 2, 2], reminders);
        Assert.Equal(StatementState.Sent, (await books.Row()).State);
        books.GoTo("2026-12-11", "00:00:00");
        await books.App.Sweep("settlement.care");
        var row = await books.Row();
        Assert.Equal((StatementState.Confirmed, null, books.App.Now), (row.State, row.ConfirmedBy, row.ConfirmedAt!.Value));
        Assert.True((await books.Shown(row.Id)).Head.IsBySilence);
        await books.Market.Relay();
        var kinds = (await books.Owner.Get("/api/v1/messages?limit=100")).Json.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("kind").GetString()).ToList();
        Assert.Equal((1, 2), (kinds.Count(k => k == "statementReady"), kinds.Count(k => k == "statementReminder")));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_policy_counts_for_what_is_sent_after_it_and_may_say_that_silence_is_no_yes(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        await books.Exchange(1);
        await books.CloseAt("2026-12-01");
        var policy = new { confirmWithinDays = 2, isSilenceConsent = false, answerWithinDays = 1, secondCheckFromFen = 1, receivableFloorFen = 0, reason = "试行" };
        var waits = (await books.Treasurer.Post("settlement-policies", policy)).Ok<SetSettlementPolicy.Response>();
        (await MerchantTests.Decide(books.Treasurer, waits.ApprovalId)).Refused(HttpStatusCode.Conflict, "approval.own");
        (await MerchantTests.Decide(books.Staff, waits.ApprovalId)).Ok<ListApprovals.Item>();
        Assert.Equal(new DateOnly(2026, 12, 10), (await books.Row()).ConfirmBy);
        books.GoTo("2026-12-20", "12:00:00");
        await books.Exchange(1);
        await books.CloseAt("2027-01-01");
        await books.App.Sweep("settlement.care");
        books.GoTo("2027-02-20");
        await books.App.Sweep("settlement.care");
        var december = await books.Row(s_december);
        Assert.Equal((StatementState.Confirmed, StatementState.Sent, new DateOnly(2027, 1, 5), 1), ((await books.Row()).State, december.State, december.ConfirmBy!.Value, december.PolicyVersion));
        var shown = await books.Shown(december.Id);
        Assert.Equal((false, 1), (shown.IsSilenceConsent, shown.AnswerWithinDays));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_doubt_is_talked_about_with_evidence_and_answered_and_its_correction_is_next_month_s_line(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        var exchanged = await books.Exchange(3);
        await books.Refund(exchanged[2], 18);
        await books.CloseAt("2026-12-01");
        var id = (await books.Row()).Id;
        var lines = await books.Lines(id);
        var picture = await books.Picture(books.Owner);
        (await books.Doubt(id, lines[3] with { Seq = 1 })).Refused(HttpStatusCode.NotFound, "statement.line_unknown");
        (await books.Doubt(id, lines[3], fileId: books.App.NewRequestId())).Refused(HttpStatusCode.BadRequest, "settlement.file_unknown");
        var doubt = (await books.Doubt(id, lines[3], fileId: picture)).Ok<DisputeLine.Response>();
        Assert.Equal(new DateOnly(2026, 12, 4), doubt.AnswerBy);
        (await books.Doubt(id, lines[3])).Refused(HttpStatusCode.Conflict, "statement.line_disputed");
        (await books.Staff.Post($"statements/disputes/{doubt.Id}/words", new { text = "请问当时谁在收银？" })).Ok<DisputeLine.WordResponse>();
        (await books.Owner.Post($"statements/disputes/{doubt.Id}/words", new { text = "小张，他记得给了两份" })).Ok<DisputeLine.WordResponse>();
        var shown = await books.Shown(id);
        Assert.Equal((StatementState.Disputed, 54L, 2_700L), (shown.Head.State, shown.PayableCoins, shown.PayableFen));
        Assert.Equal([true, false, true], Assert.Single(shown.Doubts).Words.Select(w => w.IsMerchant));
        Assert.NotNull(shown.Doubts[0].Words[0].Picture);

        // Late staff are told once; a debt below the floor isn't made.
        books.GoTo("2026-12-05", "09:00:00");
        await books.App.Sweep("settlement.care");
        await books.App.Sweep("settlement.care");
        await books.Market.Relay();
        Assert.Single((await books.Staff.Get("/api/v1/messages?limit=100")).Json.GetProperty("items").EnumerateArray(), m => m.GetProperty("body").GetString()!.Contains("过了答复期限", StringComparison.Ordinal));
        (await books.Staff.Post($"statements/disputes/{doubt.Id}/answer", new { text = "不对", correctionFen = -100_001 })).Refused(HttpStatusCode.Conflict, "settlement.receivable_too_low");
        var answered = (await books.Staff.Post($"statements/disputes/{doubt.Id}/answer", new { text = "核实给了两份，下月补上", correctionFen = 900 })).Ok<AnswerLineDispute.Response>();
        Assert.Equal((DoubtState.Corrected, StatementState.Resolved), (answered.State, answered.StatementState));
        (await books.Staff.Post($"statements/disputes/{doubt.Id}/answer", new { text = "再答一次", correctionFen = 900 })).Refused(HttpStatusCode.Conflict, "line_dispute.answered");
        (await books.Owner.Post($"statements/disputes/{doubt.Id}/words", new { text = "谢谢" })).Refused(HttpStatusCode.Conflict, "line_dispute.answered");
        Assert.Equal(1_800, (await books.Shown(id)).PayableFen);
        await books.CloseAt("2027-01-01");
        var december = await books.Row(s_december);
        Assert.Equal((0L, 900L, 1), (december.TotalCoins, december.TotalFen, december.Lines));
        Assert.Equal((LineKind.Correction, 900L, "2026-11"), (await books.Lines(december.Id)).Select(l => (l.Kind, l.Fen, l.FromMonth)).Single());
        await books.CloseAt("2027-02-01");
        Assert.Equal(0, (await books.Row(new Month(2027, 1))).Lines);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Lines_in_doubt_move_out_the_rest_is_paid_and_they_come_back_once_answered(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        await books.GivePayee();
        var exchanged = await books.Exchange(4);
        var member = (await books.Member.Post($"redemptions/{exchanged[0]}/disputes", new { text = "只给了一份" })).Ok<DisputeRedemption.Item>();
        await books.CloseAt("2026-12-01");
        var id = (await books.Row()).Id;
        var doubt = (await books.Doubt(id, (await books.Lines(id))[1])).Ok<DisputeLine.Response>();
        (await books.Prepare(id)).Refused(HttpStatusCode.Conflict, "payout.statement_not_payable");
        Assert.Equal(StatementState.Disputed, (await books.Confirm(id)).Ok<ConfirmStatement.Response>().State);
        var payout = await books.Submitted(id);
        (await books.Pay(payout, id)).Ok<RecordPayments.Response>();
        var row = await books.Row();
        Assert.Equal((36L, 1_800L, StatementState.Paid), (row.FinalCoins!.Value, row.FinalFen!.Value, row.State));
        Assert.Equal((36, 36, 998_200), (await books.Settled(), await books.Market.Received(), await books.Cash()));

        // Nobody answered: they wait on. One is answered: it is December's; the other, in January with what the member got back.
        (await books.Staff.Post($"statements/disputes/{doubt.Id}/answer", new { text = "这一笔没有错" })).Ok<AnswerLineDispute.Response>();
        await books.CloseAt("2027-01-01");
        var december = await books.Row(s_december);
        Assert.Equal((1, 18L, 900L, 18L, 900L), (december.Lines, december.TotalCoins, december.TotalFen, december.CarriedCoins, december.CarriedFen));
        Assert.Equal("2026-11", (await books.Lines(december.Id)).Single().FromMonth);
        (await books.Staff.Post($"redemption-disputes/{member.Id}/answer", new { isAccepted = true, answer = "退您一份", refundCoins = 18 })).Ok<DisputeRedemption.Item>();
        await books.CloseAt("2027-02-01");
        var january = await books.Row(new Month(2027, 1));
        Assert.Equal((2, 0L, 0L), (january.Lines, january.TotalCoins, january.TotalFen));
        await books.CloseAt("2027-03-01");
        Assert.Equal(0, (await books.Row(new Month(2027, 2))).Lines);
        await books.Reconcile();
    }
}
