using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Ledger.Tests.Support;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Tests;

/// <summary>Goal: every coin can say why it is there (product.md, "The main job" 5). Method: after each step the origins of a lot, and their sum against the balance.</summary>
public sealed class ExplainTests(TestDatabases databases)
{
    private static readonly DateOnly s_grace = new(2028, 1, 8);

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Coins_say_which_posting_and_rule_brought_them_through_holds_refunds_and_reversals(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        var (member, merchant, lot) = (ledger.NewId(), AccountKey.Merchant(ledger.NewId()), AccountKey.Lot(default, TestLedger.YearEnd));
        lot = lot with { Owner = member };
        var care = await Issue(ledger, lot, 10, "record:1", "coins-per-hour/3", "楼栋关怀");
        var thanks = await Issue(ledger, lot, 15, "grant:1", "grant/1", "表扬");
        var first = (await Explain(ledger, lot))[0];
        Assert.Equal((10L, care, PostingKind.Issue, "record:1", "coins-per-hour/3", "楼栋关怀", (DateOnly?)TestLedger.YearEnd), (first.Amount, first.Seq, first.Kind, first.Ref, first.Rule, first.Text, first.ExpiresOn));

        var hold = (await ledger.Done(new PlaceHold(member, merchant, 12, TestLedger.Start.AddHours(1)))).First.Seq;
        await Holds(ledger, lot, (thanks, 13));
        await ledger.Done(new CaptureHold(hold, 5));
        await Holds(ledger, lot, (care, 5), (thanks, 15));
        await ledger.Done(new RefundHold(hold, 3));
        await Holds(ledger, lot, (care, 8), (thanks, 15));
        await ledger.Done(new Reverse(thanks));
        await Holds(ledger, lot, (care, 8));
        var released = (await ledger.Done(new PlaceHold(member, merchant, 8, TestLedger.Start.AddHours(1)))).First.Seq;
        await Holds(ledger, lot);
        await ledger.Done(new ReleaseHold(released));
        await Holds(ledger, lot, (care, 8));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Coins_of_a_lapsed_lot_come_back_as_a_grace_lot_that_names_the_refund(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        var member = ledger.NewId();
        await ledger.Done(new SetPolicy(false, false, 7));
        await ledger.Issue(member, 18);
        var hold = (await ledger.Done(new PlaceHold(member, AccountKey.Merchant(ledger.NewId()), 18, TestLedger.Start.AddDays(1)))).First.Seq;
        await ledger.Done(new CaptureHold(hold));
        ledger.Time.SetUtcNow(new(2027, 12, 31, 16, 0, 0, TimeSpan.Zero));
        var refund = (await ledger.Done(new RefundHold(hold, 4) { Rule = "refund/1" })).First.Seq;
        var origin = Assert.Single(await Explain(ledger, AccountKey.Lot(member, s_grace)));
        Assert.Equal((4L, refund, PostingKind.Refund, "refund/1", (DateOnly?)s_grace), (origin.Amount, origin.Seq, origin.Kind, origin.Rule, origin.ExpiresOn));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task History_comes_in_pages_to_the_beginning_without_gap_or_repeat(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        var lot = AccountKey.Lot(ledger.NewId(), TestLedger.YearEnd);
        for (var i = 1; i <= 7; i++)
            await Issue(ledger, lot, i, $"record:{i}", "coins-per-hour/3", null);
        var reads = new LedgerReads(ledger.Db.Database, new NoBalanceCache());
        var seen = new List<AccountEntry>();
        for (long? before = null; ;)
        {
            var page = (await reads.History(TestLedger.Community, lot, before, 3, CancellationToken.None)).Value;
            if (page.Count == 0)
                break;
            seen.AddRange(page);
            before = page[^1].Seq;
        }

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], seen.Select(e => e.Change));
        Assert.Equal([28, 21, 15, 10, 6, 3, 1], seen.Select(e => e.After));
        Assert.IsType<UnknownAccount>((await reads.Explain(TestLedger.Community, AccountKey.Pool(Guid.Empty), CancellationToken.None)).Error);
        Assert.IsType<UnknownAccount>((await reads.Explain(TestLedger.Community + 1, lot, CancellationToken.None)).Error);
    }

    private static async Task<long> Issue(TestLedger ledger, AccountKey lot, long amount, string reference, string rule, string? reason) =>
        (await ledger.Done(new Move(PostingKind.Issue, AccountKey.Issuance(), lot, amount) { Ref = reference, Rule = rule, Reason = reason })).First.Seq;

    private static async Task<IReadOnlyList<UnitOrigin>> Explain(TestLedger ledger, AccountKey account) =>
        (await new LedgerReads(ledger.Db.Database, new NoBalanceCache()).Explain(TestLedger.Community, account, CancellationToken.None)).Value;

    private static async Task Holds(TestLedger ledger, AccountKey lot, params (long Seq, long Amount)[] expected)
    {
        var origins = await Explain(ledger, lot);
        Assert.Equal(expected, origins.GroupBy(o => o.Seq).OrderBy(g => g.Key).Select(g => (g.Key, g.Sum(o => o.Amount))));
        Assert.Equal(expected.Sum(e => e.Amount), await new LedgerReads(ledger.Db.Database, new NoBalanceCache()).Balance(TestLedger.Community, lot, CancellationToken.None));
    }
}
