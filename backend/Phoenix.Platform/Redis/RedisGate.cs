using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Phoenix.Platform.Time;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;
using StackExchange.Redis.KeyspaceIsolation;

namespace Phoenix.Platform.Redis;

/// <summary>Where Redis is and what our keys begin with.</summary>
/// <param name="Configuration">StackExchange.Redis's form: <c>host:port,password=…</c>.</param>
/// <param name="KeyPrefix">Before every key: several hosts can share one server.</param>
public sealed record RedisSettings(string Configuration, string KeyPrefix = "phoenix:");

/// <summary>What Redis said, or that it is away: then the caller goes on without it.</summary>
public readonly record struct RedisReply<T>(bool IsAvailable, T? Value)
{
    /// <summary>Takes the value if Redis answered.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = Value;
        return IsAvailable;
    }
}

/// <summary>How Redis is, for <c>/health/ready</c>. Redis away never makes a node unready: everything goes on without it.</summary>
public enum RedisState
{
    /// <summary>No call was made yet.</summary>
    Untried,

    /// <summary>The latest call was answered.</summary>
    Up,

    /// <summary>The latest call failed.</summary>
    Down,

    /// <summary>Calls failed in a row and are refused at once until the next trial.</summary>
    BreakerOpen,
}

/// <summary>State, since when it is away (null while up), and the failure's type (no texts: they can hold passwords).</summary>
public sealed record RedisHealth(RedisState State, DateTimeOffset? DownSince, string? Failure);

/// <summary>
/// The one way to Redis. Connects lazily and reconnects by itself; a call takes 250 ms at most, and none is tried while the breaker is open.
/// Never throws for a missing, slow, full or misbehaving Redis: it answers "not available", and the database decides.
/// </summary>
public sealed class RedisGate : IAsyncDisposable
{
    /// <summary>How long one call may take.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>Failures within <see cref="BreakerWindow"/>, and no fewer than half of the calls, open the breaker.</summary>
    public const int BreakerFailures = 5;

    /// <summary>See <see cref="BreakerFailures"/>.</summary>
    public static readonly TimeSpan BreakerWindow = TimeSpan.FromSeconds(10);

    /// <summary>How long the breaker stays open before one call is let through as a trial.</summary>
    public static readonly TimeSpan BreakerBreak = TimeSpan.FromSeconds(2);

    private readonly RedisSettings _settings;
    private readonly Clock _clock;
    private readonly ILogger<RedisGate> _log;
    private readonly Lazy<Task<ConnectionMultiplexer>> _connection;
    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly Meter _meter = new("Phoenix.Redis");
    private readonly Counter<long> _calls;
    private volatile RedisHealth _latest = new(RedisState.Untried, null, null);

    /// <param name="settings">Where Redis is.</param>
    /// <param name="clock">Times calls and the breaker.</param>
    /// <param name="log">One line when Redis goes away, one when it is back.</param>
    public RedisGate(RedisSettings settings, Clock clock, ILogger<RedisGate> log)
    {
        _settings = settings;
        _clock = clock;
        _log = log;
        _connection = new(Connect);
        _calls = _meter.CreateCounter<long>("phoenix.redis.calls", description: "Calls to Redis, by outcome.");
        var infrastructure = new PredicateBuilder().Handle<Exception>(IsInfrastructure);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock.Provider }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = infrastructure,
                FailureRatio = 0.5,
                MinimumThroughput = BreakerFailures,
                SamplingDuration = BreakerWindow,
                BreakDuration = BreakerBreak,
                StateProvider = _breaker,
            })
            .AddTimeout(CallTimeout)
            .Build();
    }

    /// <summary>How Redis is, as the latest call saw it. Ask <see cref="Ping"/> first for the present state.</summary>
    public RedisHealth Health
    {
        get
        {
            var latest = _latest;
            return latest.State == RedisState.Down && _breaker.CircuitState is CircuitState.Open or CircuitState.Isolated ? latest with { State = RedisState.BreakerOpen } : latest;
        }
    }

    /// <summary>Runs <paramref name="call"/> on the database with the key prefix. Bugs (an exception that is not Redis's) and the caller's own cancellation are thrown.</summary>
    public async Task<RedisReply<T>> Call<T>(Func<IDatabase, Task<T>> call, CancellationToken cancel)
    {
        try
        {
            var value = await _pipeline.ExecuteAsync(
                static async (run, token) =>
                {
                    // The library's commands take no token: the wait ends, the command is left to its own timeout.
                    var connection = await run.Gate._connection.Value.WaitAsync(token);
                    return await run.Call(connection.GetDatabase().WithKeyPrefix(run.Gate._settings.KeyPrefix)).WaitAsync(token);
                },
                (Gate: this, Call: call),
                cancel);
            Succeeded();
            return new RedisReply<T>(true, value);
        }
        catch (Exception e) when (e is BrokenCircuitException || IsInfrastructure(e))
        {
            Failed(e);
            return default;
        }
    }

    /// <summary>Asks Redis for a sign of life and returns <see cref="Health"/>. Also the trial that closes the breaker where nothing else calls.</summary>
    public async Task<RedisHealth> Ping(CancellationToken cancel)
    {
        await Call(db => db.PingAsync(), cancel);
        return Health;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _meter.Dispose();
        if (_connection.IsValueCreated)
            await (await _connection.Value).DisposeAsync();
    }

    private static bool IsInfrastructure(Exception e) =>
        e is AggregateException many ? many.InnerExceptions.All(IsInfrastructure) :
        e is RedisException or RedisCommandException or TimeoutException or TimeoutRejectedException or ObjectDisposedException or System.Net.Sockets.SocketException or IOException;

    private async Task<ConnectionMultiplexer> Connect()
    {
        var options = ConfigurationOptions.Parse(_settings.Configuration);
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = 1000;
        options.AsyncTimeout = 1000;
        options.SyncTimeout = 1000;
        // A call on a lost connection fails now instead of waiting in a queue for the next one.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(500);
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        options.ClientName = "phoenix";
        // Off the caller's thread: the library does some of its work before it first awaits.
        return await Task.Run(() => ConnectionMultiplexer.ConnectAsync(options));
    }

    private void Succeeded()
    {
        _calls.Add(1, new KeyValuePair<string, object?>("outcome", "ok"));
        if (_latest.State == RedisState.Up)
            return;
        _latest = new RedisHealth(RedisState.Up, null, null);
        _log.LogInformation("Redis is up");
    }

    private void Failed(Exception e)
    {
        _calls.Add(1, new KeyValuePair<string, object?>("outcome", e is BrokenCircuitException ? "refused" : "failed"));
        var latest = _latest;
        if (latest.State == RedisState.Down)
            return;
        _latest = new RedisHealth(RedisState.Down, _clock.Now, e.GetType().Name);
        _log.LogWarning("Redis is away ({Failure}); going on without it", e.GetType().Name);
    }
}
