using System.Data.Common;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Tests.Support;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Tests;

/// <summary>Bad input has each its own refusal and changes nothing; what the core forbids the database forbids too.</summary>
public sealed class RefusalTests(TestDatabases databases) : IClassFixture<TestDatabases>
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Every_kind_of_bad_input_is_refused_by_its_name(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        var (member, pool) = (ledger.NewId(), AccountKey.Pool(Guid.Empty));
        Move Issue(long amount) => new(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, TestLedger.YearEnd), amount);
        foreach (var amount in (long[])[0, -1, long.MinValue, long.MaxValue, LedgerLimits.MaxAmount + 1])
            await ledger.Refused<InvalidAmount>(Issue(amount));
        await ledger.Refused<NothingToPost>();
        await ledger.Refused<NothingToPost>(new Move(PostingKind.Issue, []));
        await ledger.Refused<TooManyPostings>([.. Enumerable.Repeat(Issue(1), LedgerLimits.MaxLinked + 1)]);
        await ledger.Refused<TooManyLegs>(new Move(PostingKind.Issue, [.. Enumerable.Repeat(new Leg(AccountKey.Issuance(), AccountKey.Lot(member, TestLedger.YearEnd), 1), LedgerLimits.MaxLegs + 1)]));
        await ledger.Refused<ReasonTooLong>(Issue(1) with { Reason = new string('长', LedgerLimits.MaxReason + 1) });
        await ledger.Refused<InvalidReference>(Issue(1) with { Ref = new string('r', LedgerLimits.MaxName + 1) });
        await ledger.Refused<SameAccount>(new Move(PostingKind.Transfer, pool, pool, 1));
        await ledger.Refused<MixedAssets>(new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, TestLedger.YearEnd, Asset.Fen), 1));
        await ledger.Refused<RouteNotAllowed>(new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Merchant(ledger.NewId()), 1));
        await ledger.Refused<UnknownHold>(new CaptureHold(99));
        await ledger.Refused<UnknownPosting>(new Reverse(99));
        await ledger.Refused<InvalidPolicy>(new SetPolicy(false, false, LedgerLimits.MaxGraceDays + 1));
        Assert.IsType<UnknownCommunity>((await ledger.Poster.Post(ledger.Request(Issue(1)) with { Community = 8 }, CancellationToken.None)).Error);
        Assert.IsType<InvalidRequestId>((await ledger.Poster.Post(ledger.Request(Issue(1)) with { RequestId = Guid.Empty }, CancellationToken.None)).Error);
        Assert.Equal(0, await ledger.Db.Scalar("select count(*) from ledger_postings"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task No_coin_account_but_the_source_may_owe_and_a_gift_is_one_member_s(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        var (one, other, pool) = (ledger.NewId(), ledger.NewId(), AccountKey.Pool(Guid.Empty));
        await ledger.Refused<InvalidBounds>(new OpenAccount(AccountKey.Lot(one, TestLedger.YearEnd), Floor: -5));
        await ledger.Refused<InvalidBounds>(new OpenAccount(pool, Floor: -1));
        await ledger.Issue(one, 5);
        await ledger.Issue(other, 5);
        await ledger.Refused<InvalidAccount>(new Move(PostingKind.Gift, [new Leg(AccountKey.Lots(one), pool, 2), new Leg(AccountKey.Lots(other), pool, 2)]));
        await ledger.Done(new Move(PostingKind.Gift, [new Leg(AccountKey.Lots(one), pool, 2), new Leg(AccountKey.Lots(one), pool, 3)]));
        await Exports.Prove(ledger.Db, ledger.Time);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task The_database_itself_refuses_to_rewrite_the_journal(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        await ledger.Issue(ledger.NewId(), 5);
        string[] forbidden =
        [
            "update ledger_postings set at_ms = at_ms + 1",
            "delete from ledger_postings",
            "update ledger_legs set amount = amount + 1",
            "delete from ledger_legs",
            "delete from ledger_accounts",
            "update ledger_accounts set floor = floor - 1",
            "update ledger_accounts set balance = -1 where kind = 2",
            "delete from ledger_heads",
            "update ledger_heads set seq = seq - 1",
        ];
        foreach (var sql in forbidden)
        {
            await using var connection = await ledger.Db.Database.Open(CancellationToken.None);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            var failure = await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync(CancellationToken.None));
            Assert.Equal(DatabaseFault.Constraint, ledger.Db.Database.Classify(failure));
        }

        await Exports.Prove(ledger.Db, ledger.Time);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Every_invariant_stands_in_the_database_too(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        var (member, merchant) = (ledger.NewId(), AccountKey.Merchant(ledger.NewId()));
        await ledger.Issue(member, 50);
        await ledger.Done(new PlaceHold(member, merchant, 18, TestLedger.Start.AddHours(1)));
        await ledger.Done(new CaptureHold(2, 12));
        await ledger.Done(new RefundHold(2, 5));
        await ledger.Done(new Reverse(1));
        Assert.True((await ledger.Poster.Post(ledger.Request(new OpenAccount(AccountKey.Pool(ledger.NewId()), 0, 10)) with { Counters = [new CounterUse("offer:1:stock", 20261124, 3, 5)] }, CancellationToken.None)).IsOk);
        const string Leg = "insert into ledger_legs (community, seq, n, from_account, to_account, amount, from_after, to_after, from_prev, to_prev) select community, seq, n + 100, ";
        string[] broken =
        [
            Leg + "from_account, to_account, 0, 0, 0, 0, 0 from ledger_legs where seq = 1",
            Leg + "from_account, to_account, -1, 0, 0, 0, 0 from ledger_legs where seq = 1",
            Leg + "from_account, from_account, 1, 0, 0, 0, 0 from ledger_legs where seq = 1",
            "insert into ledger_postings select * from ledger_postings where seq = 1",
            "insert into ledger_reversals select * from ledger_reversals",
            "insert into ledger_hold_resolutions select * from ledger_hold_resolutions",
            "insert into ledger_accounts (community, id, owner, kind, asset, expires_on, opened_seq, floor, ceiling, balance, seq) select community, id + 100, owner, kind, asset, expires_on, opened_seq, floor, ceiling, balance, seq from ledger_accounts where id = 1",
            "update ledger_accounts set balance = 11 where ceiling = 10",
            "update ledger_holds set refunded = captured + 1",
            "update ledger_holds set refunded = refunded - 1",
            "update ledger_holds set captured = captured + 1",
            "update ledger_holds set resolved = (1 = 0)",
            "update ledger_counters set used = 6",
            "update ledger_counters set used = -1",
            "delete from ledger_reversals",
            "delete from ledger_hold_resolutions",
            "update ledger_hold_legs set amount = amount + 1",
            "update ledger_heads set at_ms = at_ms - 1",
        ];
        foreach (var sql in broken)
        {
            var failure = await Assert.ThrowsAnyAsync<DbException>(() => ledger.Db.Execute(sql));
            Assert.True(ledger.Db.Database.Classify(failure) is DatabaseFault.Constraint or DatabaseFault.Duplicate, $"{sql}: {failure.Message}");
        }

        await Exports.Prove(ledger.Db, ledger.Time);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_balance_that_would_not_fit_is_refused(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        var pool = AccountKey.Pool(ledger.NewId());
        await ledger.Done(new Move(PostingKind.Transfer, AccountKey.Issuance(), pool, 1));
        await ledger.Db.Execute($"update ledger_accounts set balance = {AccountKinds.MaxBalance} where kind = 4");
        await ledger.Refused<BalanceOverflow>(new Move(PostingKind.Transfer, AccountKey.Issuance(), pool, 1));
    }
}
