using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Ledger.Tests.Support;
using Phoenix.Platform.Batching;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.Ledger.Tests;

/// <summary>Goal: a full queue says so, and nothing of what it refused is there. Method: another transaction holds the writer up while more is sent than fits.</summary>
public sealed class BackpressureTests(TestDatabases databases)
{
    private const int Capacity = 8;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_full_queue_answers_busy_and_what_it_took_is_carried_out(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        // On real time: a slow machine may let the writer's wait for the head run out, and it then pauses before it tries again.
        await using var small = new LedgerPoster(ledger.Db.Database, new Clock(TimeProvider.System), new SeededBytes(2), new LedgerOptions { QueueCapacity = Capacity }, [], new NoSpendLock());
        await using var connection = await ledger.Db.Database.Open(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = connection.CreateCommand())
        {
            (hold.Transaction, hold.CommandText) = (transaction, "update ledger_heads set grace_days = grace_days");
            await hold.ExecuteNonQueryAsync();
        }

        // The writer takes one batch at most and waits for the head; the rest fills the queue.
        var pool = AccountKey.Pool(ledger.NewId());
        var requests = Enumerable.Range(0, LedgerLimits.MaxBatch + Capacity + 20)
            .Select(_ => ledger.Request(new Move(PostingKind.Transfer, AccountKey.Issuance(), pool, 1))).ToArray();
        var sent = requests.Select(r => Task.Run(() => small.Post(r, CancellationToken.None))).ToArray();
        // One look for both: a second look may find that the last refusal has come between them.
        while (sent.Where(t => !t.IsCompleted).ToArray() is { Length: > LedgerLimits.MaxBatch + Capacity } open)
            await Task.WhenAny(open);
        await transaction.RollbackAsync();
        var results = await Task.WhenAll(sent);

        var busy = results.Count(r => r.Error is BatchBusy { RetryAfter.TotalSeconds: > 0 });
        Assert.True(busy >= 20, $"{busy} were told to come back");
        Assert.Equal(requests.Length - busy, results.Count(r => r.IsOk));
        Assert.Equal(requests.Length - busy, await ledger.Db.Scalar("select count(*) from ledger_postings"));
        for (var i = 0; i < requests.Length; i++)
            Assert.True((await small.Post(requests[i], CancellationToken.None)).IsOk);
        Assert.Equal(requests.Length, (await Exports.Prove(ledger.Db, TimeProvider.System)).Sum(Asset.Coin, AccountKind.Pool));
    }
}
