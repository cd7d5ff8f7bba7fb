using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Bench;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Tests.Support;
using Phoenix.Platform.Batching;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;

namespace Phoenix.Ledger.Tests.Faults;

/// <summary>Goal: a restart of PostgreSQL is survived without restarting the process, and loses nothing that was answered. Method: load from many callers who retry with the same id, while a server of the test's own is stopped and started.</summary>
public sealed class RestartTests
{
    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task PostgreSQL_restarted_under_load(string mode)
    {
        await using var server = await TemporaryPostgres.Start(fsync: true);
        await TestDatabases.Migrate(server.ConnectionString);
        await using var database = PostgresDatabase.Create(server.ConnectionString);
        await using var poster = TestLedger.NewPoster(database, TimeProvider.System);
        await poster.OpenCommunity(TestLedger.Community, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var answered = new Answers();
        var callers = Enumerable.Range(0, 16).Select(c => Task.Run(() => Call(poster, c, answered, stop.Token))).ToArray();
        for (var restart = 0; restart < 2; restart++)
        {
            await answered.More(500);
            await server.Stop(mode);
            await server.StartAgain();
        }

        await answered.More(500);
        await stop.CancelAsync();
        await Task.WhenAll(callers);

        var db = new TestDatabase(database, "", () => Task.CompletedTask);
        var report = await Exports.Prove(db, TimeProvider.System);
        Assert.Equal(answered.Sum, report.Sum(Asset.Coin, AccountKind.Pool));
        Assert.Equal(answered.Count, report.Postings);
        Assert.Null(poster.State.LastFault);
    }

    private static async Task Call(LedgerPoster poster, int caller, Answers answered, CancellationToken stop)
    {
        var ids = new SeededBytes(caller);
        while (!stop.IsCancellationRequested)
        {
            var amount = 1 + ids.Next(9);
            var request = new LedgerRequest(TestLedger.Community, ids.NewGuid(), Guid.Empty, "restart", new Move(PostingKind.Transfer, AccountKey.Issuance(), AccountKey.Pool(ids.NewGuid()), amount));
            Result<Posted> result;
            do
                result = await poster.Post(request, CancellationToken.None);
            while (result.Error is BatchUnavailable);
            Assert.Equal(amount, result.Value.First.Amount);
            answered.Add(amount);
        }
    }

    private sealed class Answers
    {
        private readonly Lock _lock = new();
        private readonly List<(long At, TaskCompletionSource Reached)> _waiting = [];

        public long Count { get; private set; }
        public long Sum { get; private set; }

        public void Add(long amount)
        {
            lock (_lock)
            {
                Count++;
                Sum += amount;
                foreach (var (at, reached) in _waiting)
                    if (Count >= at)
                        reached.TrySetResult();
            }
        }

        /// <summary>Waits for that many more answers.</summary>
        public Task More(long answers)
        {
            lock (_lock)
            {
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add((Count + answers, reached));
                return reached.Task;
            }
        }
    }
}
