using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Http;
using Phoenix.App.Settlement;
using Phoenix.App.Settlement.Confirming;
using Phoenix.App.Settlement.Payouts;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Settlement;

/// <summary>Who is told that a statement exists: not the office of another community, whatever it asks.</summary>
public sealed class SettlementAccessTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Another_community_s_statements_doubts_and_payouts_do_not_exist_on_any_route(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        await books.GivePayee();
        await books.Exchange(2);
        books.GoTo("2026-12-02", "12:00:00");
        await books.Exchange(1);
        await books.CloseAt("2027-01-01");
        var (paid, doubted) = ((await books.Row()).Id, (await books.Row(new(2026, 12))).Id);
        (await books.Confirm(paid)).Ok<ConfirmStatement.Response>();
        var payout = await books.Submitted(paid);
        var line = (await books.Lines(doubted))[0];
        var doubt = (await books.Doubt(doubted, line)).Ok<DisputeLine.Response>().Id;

        var there = books.App.Fresh(await books.App.Person(TestDatabases.OtherCommunity, Enum.GetValues<Role>()));
        Assert.Empty((await there.Get("statements")).Ok<Page<ListStatements.Item>>().Items);
        Assert.Empty((await there.Get("payouts")).Ok<Page<ListPayouts.Item>>().Items);
        foreach (var statement in (Guid[])[paid, doubted])
        {
            foreach (var address in (string[])["", "/lines", "/chart", "/sheet", "/page"])
                (await there.Get($"statements/{statement}{address}")).Refused(HttpStatusCode.NotFound, "statement.unknown");
            (await there.Post($"statements/{statement}/confirmation")).Refused(HttpStatusCode.NotFound, "statement.unknown");
            (await there.Post($"statements/{statement}/disputes", new { kind = line.Kind, seq = line.Seq, text = "没有退" })).Refused(HttpStatusCode.NotFound, "statement.unknown");
            (await there.Post("payouts", new { statements = new[] { statement }, payer = "双流区社区发展基金会" })).Refused(HttpStatusCode.NotFound, "statement.unknown");
        }

        (await there.Post($"statements/disputes/{doubt}/words", new { text = "谁在收银？" })).Refused(HttpStatusCode.NotFound, "line_dispute.unknown");
        (await there.Post($"statements/disputes/{doubt}/answer", new { text = "没有错" })).Refused(HttpStatusCode.NotFound, "line_dispute.unknown");
        foreach (var address in (string[])["", "/form", "/bank-list", "/archive"])
            (await there.Get($"payouts/{payout}{address}")).Refused(HttpStatusCode.NotFound, "payout.unknown");
        foreach (var step in (string[])["submission", "closing", "voiding"])
            (await there.Post($"payouts/{payout}/{step}")).Refused(HttpStatusCode.NotFound, "payout.unknown");
        var payment = new { statementId = paid, isPaid = true, bankReference = "回单0001", paidOn = "2027-01-01" };
        (await there.Post($"payouts/{payout}/payments", new { payments = new[] { payment } })).Refused(HttpStatusCode.NotFound, "payout.unknown");
        (await there.Put($"payouts/{payout}/payments/{paid}/invoice", new { state = "received", number = "01234567" })).Refused(HttpStatusCode.NotFound, "payout.unknown");
        (await there.Post($"payouts/{payout}/papers", new { kind = "stampedForm", fileId = await books.Picture(there) })).Refused(HttpStatusCode.NotFound, "payout.unknown");

        Assert.Equal((StatementState.InPayout, StatementState.Disputed), ((await books.Row()).State, (await books.Row(new(2026, 12))).State));
        Assert.Equal(PayoutState.Submitted, await books.App.Read(1, db => db.Set<Payout>().Select(p => p.State).SingleAsync()));
    }
}
