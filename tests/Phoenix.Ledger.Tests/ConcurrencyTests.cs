using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Tests.Support;
using Phoenix.Platform.Batching;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;

namespace Phoenix.Ledger.Tests;

/// <summary>Goal: whatever runs at once, exactly one outcome. Method: many callers through one poster, and through two on one PostgreSQL as two processes would be.</summary>
public sealed class ConcurrencyTests(TestDatabases databases)
{
    /// <summary>One poster on each database; on PostgreSQL also two, which share nothing but the database.</summary>
    public static TheoryData<DatabaseKind, int> Hosts() => new() { { DatabaseKind.Sqlite, 1 }, { DatabaseKind.PostgreSql, 1 }, { DatabaseKind.PostgreSql, 2 } };

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Two_hundred_identical_requests_make_one_posting(DatabaseKind kind, int posters)
    {
        await using var hosts = await Start(kind, posters);
        var request = hosts.Ledger.Request(new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(hosts.Ledger.NewId(), TestLedger.YearEnd), 25));
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => hosts.Poster(i).Post(request, CancellationToken.None)));
        Assert.All(results, r => Assert.Equal(results[0].Value, r.Value));
        Assert.Equal(1, await hosts.Ledger.Db.Scalar("select count(*) from ledger_postings"));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Three_hundred_debits_against_funds_for_one_hundred_make_exactly_one_hundred(DatabaseKind kind, int posters)
    {
        await using var hosts = await Start(kind, posters);
        var ledger = hosts.Ledger;
        var (member, pool) = (ledger.NewId(), AccountKey.Pool(ledger.NewId()));
        await ledger.Issue(member, 150, new DateOnly(2026, 12, 31));
        await ledger.Issue(member, 150);
        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => hosts.Poster(i).Post(ledger.Request(new Move(PostingKind.Gift, AccountKey.Lots(member), pool, 3)), CancellationToken.None)));
        Assert.Equal(100, results.Count(r => r.IsOk));
        Assert.All(results.Where(r => !r.IsOk), r => Assert.IsType<Insufficient>(r.Error));
        var report = await Exports.Prove(ledger.Db, ledger.Time);
        Assert.Equal((0L, 300L), (report.Sum(Asset.Coin, AccountKind.Member), report.Sum(Asset.Coin, AccountKind.Pool)));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Crossing_transfers_do_not_block_each_other(DatabaseKind kind, int posters)
    {
        await using var hosts = await Start(kind, posters);
        var ledger = hosts.Ledger;
        var (a, b) = (new AccountKey(AccountKind.Cash, ledger.NewId(), Asset.Fen), new AccountKey(AccountKind.Reserve, ledger.NewId(), Asset.Fen));
        await ledger.Done(new Move(PostingKind.Transfer, AccountKey.Of(AccountKind.External, Asset.Fen), a, 1000), new Move(PostingKind.Transfer, AccountKey.Of(AccountKind.External, Asset.Fen), b, 1000));
        var results = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => hosts.Poster(i).Post(
            ledger.Request(i / 2 % 2 == 0 ? new Move(PostingKind.Transfer, a, b, 1) : new Move(PostingKind.Transfer, b, a, 1)), CancellationToken.None)));
        Assert.All(results, r => Assert.True(r.IsOk, r.ToString()));
        var report = await Exports.Prove(ledger.Db, ledger.Time);
        Assert.Equal((1000L, 1000L), (report.Sum(Asset.Fen, AccountKind.Cash), report.Sum(Asset.Fen, AccountKind.Reserve)));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Of_capture_release_and_expiry_one_wins(DatabaseKind kind, int posters)
    {
        await using var hosts = await Start(kind, posters);
        var ledger = hosts.Ledger;
        var (member, merchant) = (ledger.NewId(), AccountKey.Merchant(ledger.NewId()));
        await ledger.Issue(member, 1000);
        for (var round = 0; round < 10; round++)
        {
            var until = TestLedger.Start.AddMinutes(15 + round * 30);
            var hold = (await ledger.Done(new PlaceHold(member, merchant, 18, until))).First.Seq;
            if (round % 2 == 1)
                ledger.Time.Advance(TimeSpan.FromMinutes(60));
            var results = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => hosts.Poster(i / 3).Post(
                ledger.Request(i % 3 == 0 ? new CaptureHold(hold) : i % 3 == 1 ? new ReleaseHold(hold) : new ExpireHold(hold)), CancellationToken.None)));
            var won = Assert.Single(results, r => r.IsOk).Value.First.Kind;
            Assert.Equal(round % 2 == 1, won == PostingKind.ExpireHold);
            Assert.All(results.Where(r => !r.IsOk), r => Assert.True(r.Error is HoldResolved or HoldLapsed or HoldNotLapsed, r.ToString()));
        }

        await Exports.Prove(ledger.Db, ledger.Time);
        Assert.Equal(10, await ledger.Db.Scalar("select count(*) from ledger_hold_resolutions"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_handler_that_awaits_the_poster_inside_a_transaction_is_refused(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        using (OpenTransactions.Enter())
            await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.Issue(ledger.NewId(), 1));
        await ledger.Issue(ledger.NewId(), 1);
        Assert.Equal(1, await ledger.Db.Scalar("select count(*) from ledger_postings"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task PostIn_counts_only_with_the_callers_commit_and_is_all_or_none(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        var member = ledger.NewId();
        var issue = ledger.Request(new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, TestLedger.YearEnd), 5));
        var tooMuch = ledger.Request(new Move(PostingKind.Gift, AccountKey.Lots(member), AccountKey.Pool(member), 6));
        Assert.IsType<Insufficient>((await PostIn(ledger, commit: true, issue, tooMuch)).Error);
        Assert.Equal(0, await ledger.Db.Scalar("select count(*) from ledger_postings"));
        Assert.True((await PostIn(ledger, commit: false, issue)).IsOk);
        Assert.Equal(0, await ledger.Db.Scalar("select count(*) from ledger_postings"));
        var first = await PostIn(ledger, commit: true, issue);
        Assert.Equal(first.Value[0], (await ledger.Poster.Post(issue, CancellationToken.None)).Value);
        Assert.Equal(1, await ledger.Db.Scalar("select count(*) from ledger_postings"));

        var tooMany = Enumerable.Range(0, 257).Select(_ => ledger.Request(new SetPolicy(false, false, 0))).ToArray();
        Assert.IsType<TooManyPostings>((await PostIn(ledger, commit: true, tooMany)).Error);
        Assert.True((await PostIn(ledger, commit: true, tooMany[1..])).IsOk);
        Assert.Equal(257, (await Exports.Prove(ledger.Db, ledger.Time)).Postings);
    }

    [Fact]
    public async Task A_queued_post_waits_for_a_PostIn_that_holds_the_head_and_sees_what_it_did()
    {
        await using var ledger = await TestLedger.On(databases, DatabaseKind.PostgreSql);
        var member = ledger.NewId();
        await using var connection = await ledger.Db.Database.Open(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        var issue = ledger.Request(new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, TestLedger.YearEnd), 5));
        Assert.True((await ledger.Poster.PostIn(connection, transaction, [issue], CancellationToken.None)).IsOk);
        var queued = ledger.Post(new Move(PostingKind.Gift, AccountKey.Lots(member), AccountKey.Pool(member), 5));
        await transaction.CommitAsync();
        Assert.True((await queued).IsOk);
    }

    private static async Task<Result<IReadOnlyList<Posted>>> PostIn(TestLedger ledger, bool commit, params LedgerRequest[] requests)
    {
        await using var connection = await ledger.Db.Database.Open(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        using var mark = OpenTransactions.Enter();
        var result = await ledger.Poster.PostIn(connection, transaction, requests, CancellationToken.None);
        if (commit)
            await transaction.CommitAsync();
        return result;
    }

    private async Task<Hosting> Start(DatabaseKind kind, int posters)
    {
        var ledger = await TestLedger.On(databases, kind);
        return new Hosting(ledger, [ledger.Poster, .. Enumerable.Range(1, posters - 1).Select(_ => TestLedger.NewPoster(ledger.Db.Database, ledger.Time))]);
    }

    private sealed class Hosting(TestLedger ledger, LedgerPoster[] posters) : IAsyncDisposable
    {
        public TestLedger Ledger { get; } = ledger;

        public LedgerPoster Poster(int i) => posters[i % posters.Length];

        public async ValueTask DisposeAsync()
        {
            foreach (var poster in posters[1..])
                await poster.DisposeAsync();
            await Ledger.DisposeAsync();
        }
    }
}
