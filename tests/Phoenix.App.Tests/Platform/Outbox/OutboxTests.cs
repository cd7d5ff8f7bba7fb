using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Phoenix.App.Data;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Platform.Outbox;

/// <summary>What was committed is carried out, at least once; what was not is not; nothing blocks anything else. On both databases.</summary>
public sealed class OutboxTests
{
    private const int Community = 1;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));

    private Clock Clock => new(_time);

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_row_lives_and_dies_with_its_transaction_and_is_written_once(DatabaseKind kind)
    {
        await using var database = await OutboxDatabase.New(kind);
        await using (var context = database.CreateDbContext())
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Cancel);
            Assert.True(await Writer().Add(context, Draft("a"), Cancel));
            await context.SaveChangesAsync(Cancel);
        }

        Assert.Empty(await Rows(database));
        await using (var context = database.CreateDbContext())
        {
            Assert.True(await Writer().Add(context, Draft("a"), Cancel));
            Assert.False(await Writer().Add(context, Draft("a"), Cancel));
            await context.SaveChangesAsync(Cancel);
            Assert.False(await Writer().Add(context, Draft("a"), Cancel));
            Assert.True(await Writer().Add(context, Draft("a") with { CommunityId = Community + 1 }, Cancel));
            await context.SaveChangesAsync(Cancel);
        }

        // Past the check, the unique key decides.
        await using var late = database.CreateDbContext();
        late.Add(new OutboxMessage { Id = Guid.Empty, CommunityId = Community, Kind = "k", DedupeKey = "a", Payload = "{}", CreatedAt = Clock.Now, DueAt = Clock.Now });
        var refusal = await Assert.ThrowsAsync<DbUpdateException>(() => late.SaveChangesAsync(Cancel));
        Assert.Equal(DatabaseFault.Duplicate, database.Database.Classify(refusal));
        await Assert.ThrowsAsync<ArgumentException>(() => Writer().Add(late, Draft("b") with { Payload = new string('x', OutboxLimits.PayloadLength + 1) }, Cancel));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task Each_result_is_recorded_and_a_poison_row_blocks_no_other(DatabaseKind kind)
    {
        await using var database = await OutboxDatabase.New(kind);
        await Add(database, "1-throw", "2-sent", "3-dead", "4-unknown", "5-retry", "6-sent");
        using var relay = Relay(database, (message, _) => Task.FromResult<OutboxResult>(message.DedupeKey[2..] switch
        {
            "throw" => throw new InvalidOperationException("张三 13800138000"),
            "dead" => new OutboxResult.Dead("wechat.43101"),
            "unknown" => new OutboxResult.Unknown(),
            "retry" => new OutboxResult.Retry("wechat.45009", TimeSpan.FromHours(3)),
            _ => new OutboxResult.Sent(),
        }));
        Assert.Equal(new OutboxSweep(6, 2, 2, 2, 0), await relay.Sweep(Cancel));
        Assert.Equal(new OutboxSweep(0, 0, 0, 0, 0), await relay.Sweep(Cancel));

        var rows = (await Rows(database)).ToDictionary(m => m.DedupeKey, StringComparer.Ordinal);
        Assert.Equal((OutboxErrors.Exception, Clock.Now + OutboxLimits.FirstBackOff), (rows["1-throw"].LastError, rows["1-throw"].DueAt));
        Assert.Equal((Clock.Now, null), (rows["2-sent"].DoneAt, rows["2-sent"].LastError));
        Assert.Equal(("wechat.43101", Clock.Now), (rows["3-dead"].LastError, rows["3-dead"].DeadAt));
        Assert.Equal((OutboxErrors.Unknown, Clock.Now), (rows["4-unknown"].LastError, rows["4-unknown"].DeadAt));
        Assert.Equal(Clock.Now + TimeSpan.FromHours(3), rows["5-retry"].DueAt);
        Assert.All(rows.Values, m => Assert.Equal((1, null, null), (m.Attempts, m.Claim, m.ClaimedUntil)));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task Failing_on_and_on_it_backs_off_longer_each_time_dies_and_is_brought_back(DatabaseKind kind)
    {
        await using var database = await OutboxDatabase.New(kind);
        await Add(database, "a");
        var works = false;
        using var relay = Relay(database, (_, _) => Task.FromResult<OutboxResult>(works ? new OutboxResult.Sent() : new OutboxResult.Retry("down")));
        List<double> waits = [];
        for (var attempt = 1; attempt < OutboxLimits.MaxAttempts; attempt++)
        {
            Assert.Equal(1, (await relay.Sweep(Cancel)).Retried);
            var wait = (await Rows(database))[0].DueAt - Clock.Now;
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait - TimeSpan.FromMilliseconds(1));
            Assert.Equal(0, (await relay.Sweep(Cancel)).Claimed);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 320, 640, 1280], waits);
        Assert.Equal(1, (await relay.Sweep(Cancel)).Dead);
        var dead = (await Rows(database))[0];
        Assert.Equal((OutboxLimits.MaxAttempts, "down"), (dead.Attempts, dead.LastError));

        works = true;
        Assert.False(await Requeue(database, Community + 1, dead.Id));
        Assert.Equal(0, await RequeueAll(database, "other"));
        Assert.True(await Requeue(database, Community, dead.Id));
        Assert.False(await Requeue(database, Community, dead.Id));
        Assert.Equal(1, (await relay.Sweep(Cancel)).Sent);
        Assert.False(await Requeue(database, Community, dead.Id));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task Dead_rows_of_a_kind_are_brought_back_together(DatabaseKind kind)
    {
        await using var database = await OutboxDatabase.New(kind);
        await Add(database, "a", "b", "c");
        using var relay = Relay(database, (_, _) => Task.FromResult<OutboxResult>(new OutboxResult.Dead("x")));
        Assert.Equal(3, (await relay.Sweep(Cancel)).Dead);
        Assert.Equal(3, await RequeueAll(database, "k"));
        Assert.All(await Rows(database), m => Assert.Equal((0, null), (m.Attempts, m.DeadAt)));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task Several_nodes_at_once_carry_each_row_out_once(DatabaseKind kind)
    {
        await using var database = await OutboxDatabase.New(kind);
        await Add(database, [.. Enumerable.Range(0, 100).Select(i => i.ToString(CultureInfo.InvariantCulture))]);
        var seen = new ConcurrentBag<string>();
        async Task<OutboxResult> Handle(OutboxMessage message, CancellationToken cancel)
        {
            seen.Add(message.DedupeKey);
            await Task.Yield();
            return new OutboxResult.Sent();
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var node = Relay(database, Handle);
            while ((await node.Sweep(Cancel)).Claimed > 0)
            {
            }
        })));
        Assert.Equal(100, seen.Count);
        Assert.Equal(100, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.All(await Rows(database), m => Assert.NotNull(m.DoneAt));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_killed_nodes_row_comes_back_after_its_lease_and_its_late_answer_changes_nothing(DatabaseKind kind)
    {
        await using var database = await OutboxDatabase.New(kind);
        await Add(database, "a", "b");
        var begun = new TaskCompletionSource();
        var stuck = new TaskCompletionSource<OutboxResult>();
        // The hung node has a clock of its own, so that its handler isn't timed out when the other's moves on.
        using var hung = Relay(database, (_, _) => { begun.TrySetResult(); return stuck.Task; }, new FakeTimeProvider(_time.Start));
        var sweep = hung.Sweep(Cancel);
        await begun.Task;
        using var other = Relay(database, (_, _) => Task.FromResult<OutboxResult>(new OutboxResult.Sent()));
        Assert.Equal(0, (await other.Sweep(Cancel)).Claimed);
        _time.Advance(OutboxLimits.Lease);
        Assert.Equal(2, (await other.Sweep(Cancel)).Sent);

        stuck.SetResult(new OutboxResult.Dead("late"));
        Assert.Equal(new OutboxSweep(2, 0, 0, 0, 2), await sweep);
        Assert.All(await Rows(database), m => Assert.NotNull(m.DoneAt));
        Assert.Equal([1, 2], (await Rows(database)).Select(m => m.Attempts).Order());
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_row_that_kills_its_node_every_time_is_given_up(DatabaseKind kind)
    {
        await using var database = await OutboxDatabase.New(kind);
        await Add(database, "a");
        await using (var context = database.CreateDbContext())
            await context.Set<OutboxMessage>().ExecuteUpdateAsync(s => s.SetProperty(m => m.Attempts, OutboxLimits.MaxAttempts), Cancel);
        var handled = false;
        using var relay = Relay(database, (_, _) => { handled = true; return Task.FromResult<OutboxResult>(new OutboxResult.Sent()); });
        Assert.Equal(1, (await relay.Sweep(Cancel)).Dead);
        Assert.False(handled);
        Assert.Equal(OutboxErrors.Abandoned, (await Rows(database))[0].LastError);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_handler_that_hangs_is_left_after_its_time_and_the_next_row_is_handled(DatabaseKind kind)
    {
        await using var database = await OutboxDatabase.New(kind);
        await Add(database, "a", "b");
        var begun = new TaskCompletionSource();
        using var relay = Relay(database, (message, _) =>
        {
            if (message.DedupeKey.StartsWith('b'))
                return Task.FromResult<OutboxResult>(new OutboxResult.Sent());
            begun.SetResult();
            return new TaskCompletionSource<OutboxResult>().Task;
        });
        var sweep = relay.Sweep(Cancel);
        await begun.Task;
        // The handler has begun before the relay waits for it: move the clock until the wait is over.
        while (!sweep.IsCompleted)
        {
            _time.Advance(OutboxLimits.HandlerTimeout);
            await Task.WhenAny(sweep, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel));
        }

        Assert.Equal(new OutboxSweep(2, 1, 1, 0, 0), await sweep);
        Assert.Equal(OutboxErrors.Timeout, (await Rows(database)).Single(m => m.DoneAt is null).LastError);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_stopping_host_gives_the_rest_of_its_batch_back(DatabaseKind kind)
    {
        await using var database = await OutboxDatabase.New(kind);
        await Add(database, "a", "b", "c");
        using var stopping = new CancellationTokenSource();
        using var relay = Relay(database, (_, _) => { stopping.Cancel(); return Task.FromResult<OutboxResult>(new OutboxResult.Sent()); });
        Assert.Equal(new OutboxSweep(3, 1, 0, 0, 0), await relay.Sweep(stopping.Token));
        var rest = (await Rows(database)).Where(m => m.DoneAt is null).ToList();
        Assert.Equal(2, rest.Count);
        Assert.All(rest, m => Assert.Equal((0, null, null), (m.Attempts, m.Claim, m.ClaimedUntil)));
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_batch_is_bounded_rows_wait_until_due_and_an_unknown_kind_waits_for_a_newer_node(DatabaseKind kind)
    {
        await using var database = await OutboxDatabase.New(kind);
        await Add(database, [.. Enumerable.Range(0, OutboxLimits.Batch + 1).Select(i => i.ToString(CultureInfo.InvariantCulture))]);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await using (var context = database.CreateDbContext())
        {
            await Writer().Add(context, Draft("later") with { DueAt = Clock.Now + TimeSpan.FromHours(1) }, Cancel);
            await Writer().Add(context, Draft("new") with { Kind = "new" }, Cancel);
            await context.SaveChangesAsync(Cancel);
        }

        using var relay = Relay(database, (_, _) => Task.FromResult<OutboxResult>(new OutboxResult.Sent()));
        Assert.Equal(OutboxLimits.Batch, (await relay.Sweep(Cancel)).Claimed);
        Assert.Equal(new OutboxSweep(2, 1, 1, 0, 0), await relay.Sweep(Cancel));
        Assert.Equal(OutboxErrors.NoHandler, (await Rows(database)).Single(m => m.Kind.StartsWith('n')).LastError);
        Assert.Throws<ArgumentException>(() => new OutboxRelay<PhoenixDb>(
            database, database.Database, Clock, new UuidV7Ids(Clock), [new Handler(null!), new Handler(null!)], NullLogger<OutboxRelay<PhoenixDb>>.Instance));
    }

    private async Task<bool> Requeue(OutboxDatabase database, int community, Guid id)
    {
        await using var context = database.CreateDbContext();
        return await OutboxRevival.One(context, community, id, Clock.Now, Cancel);
    }

    private async Task<int> RequeueAll(OutboxDatabase database, string kind)
    {
        await using var context = database.CreateDbContext();
        return await OutboxRevival.All(context, Community, kind, Clock.Now, Cancel);
    }

    private static OutboxDraft Draft(string key) => new(Community, "k", key, "{}");

    private static async Task<List<OutboxMessage>> Rows(OutboxDatabase database)
    {
        await using var context = database.CreateDbContext();
        return await context.Set<OutboxMessage>().AsNoTracking().ToListAsync(Cancel);
    }

    private static OutboxRelay<PhoenixDb> RelayAt(OutboxDatabase database, Func<OutboxMessage, CancellationToken, Task<OutboxResult>> handle, Clock clock) =>
        new(database, database.Database, clock, new UuidV7Ids(clock), [new Handler(handle)], NullLogger<OutboxRelay<PhoenixDb>>.Instance);

    private OutboxRelay<PhoenixDb> Relay(OutboxDatabase database, Func<OutboxMessage, CancellationToken, Task<OutboxResult>> handle, TimeProvider? time = null) =>
        RelayAt(database, handle, new Clock(time ?? _time));

    private OutboxWriter Writer() => new(new UuidV7Ids(Clock), Clock);

    private async Task Add(OutboxDatabase database, params string[] keys)
    {
        await using var context = database.CreateDbContext();
        foreach (var key in keys)
            Assert.True(await Writer().Add(context, Draft(key), Cancel));
        await context.SaveChangesAsync(Cancel);
    }

    private sealed class Handler(Func<OutboxMessage, CancellationToken, Task<OutboxResult>> handle) : IOutboxHandler
    {
        public string Kind => "k";

        public Task<OutboxResult> Handle(OutboxMessage message, CancellationToken cancel) => handle(message, cancel);
    }
}
