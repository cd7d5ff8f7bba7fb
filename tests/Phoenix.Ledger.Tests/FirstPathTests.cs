using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Tests.Support;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Tests;

/// <summary>The main path of a coin, on both databases.</summary>
public sealed class FirstPathTests(TestDatabases databases)
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_coin_is_issued_held_captured_in_part_and_refunded(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        var (member, merchant) = (ledger.NewId(), AccountKey.Merchant(ledger.NewId()));
        await ledger.Issue(member, 10, new DateOnly(2026, 12, 31));
        await ledger.Issue(member, 20);

        var hold = await ledger.Done(new PlaceHold(member, merchant, 18, TestLedger.Start.AddMinutes(15)));
        Assert.Equal([10L, 8L], hold.First.Legs.Select(l => l.Amount));
        var capture = await ledger.Done(new CaptureHold(hold.First.Seq, 12));
        Assert.Equal([12L, 6L], capture.First.Legs.Select(l => l.Amount));
        Assert.Equal(AccountKey.Lot(member, TestLedger.YearEnd), capture.First.Legs[1].To);
        await ledger.Refused<RefundTooMuch>(new RefundHold(hold.First.Seq, 13));
        var refund = await ledger.Done(new RefundHold(hold.First.Seq, 3));
        Assert.Equal([(TestLedger.YearEnd, 2L), (new DateOnly(2026, 12, 31), 1L)], refund.First.Legs.Select(l => (l.To.ExpiresOn!.Value, l.Amount)));
        Assert.Equal(5L, await ledger.Db.Scalar("select count(*) from ledger_postings"));
        var report = await Exports.Prove(ledger.Db, ledger.Time);
        Assert.Equal(21L, report.Sum(Asset.Coin, AccountKind.Member));
        Assert.Equal(9L, report.Sum(Asset.Coin, AccountKind.Merchant));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_retry_gets_the_same_answer_and_other_input_is_refused(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        var (member, merchant) = (ledger.NewId(), AccountKey.Merchant(ledger.NewId()));
        await ledger.Issue(member, 30);
        var request = ledger.Request(new PlaceHold(member, merchant, 18, TestLedger.Start.AddMinutes(15)) { Reason = "爱心午餐" }, new CaptureHold(-1, 10));
        var first = await ledger.Poster.Post(request, CancellationToken.None);
        await ledger.Issue(member, 1);
        var again = await ledger.Poster.Post(request, CancellationToken.None);
        Assert.Equal(first.Value, again.Value);
        var other = await ledger.Poster.Post(request with { Commands = [request.Commands[0] with { Reason = "晚餐" }, request.Commands[1]] }, CancellationToken.None);
        Assert.IsType<RequestReused>(other.Error);
        other = await ledger.Poster.Post(request with { Route = "else" }, CancellationToken.None);
        Assert.IsType<RequestReused>(other.Error);
    }
}
