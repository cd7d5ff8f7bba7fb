using Hangfire;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Hosting;

/// <summary>
/// What differs between the hosts, made before the host is built: the embedded host, the production host and the test host each prepare
/// their own, and <see cref="PhoenixHost.Build"/> makes the same product of all of them.
/// </summary>
public sealed class HostParts : IAsyncDisposable
{
    /// <summary>The settings.</summary>
    public required HostSettings Settings { get; init; }

    /// <summary>The database.</summary>
    public required Database Database { get; init; }

    /// <summary>The key ring.</summary>
    public required KeyRing Keys { get; init; }

    /// <summary>StackExchange.Redis configuration of the Redis or Garnet to use.</summary>
    public required string Redis { get; init; }

    /// <summary>Put before every Redis key: test hosts share one server.</summary>
    public string RedisPrefix { get; init; } = "phoenix:";

    /// <summary>Where Hangfire keeps its jobs; null runs no jobs by itself (tests call the sweeps).</summary>
    public Func<IServiceProvider, JobStorage>? JobStore { get; init; }

    /// <summary>The clock. Only test and demo hosts have another than the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether <see cref="Time"/> is set by a test or demo, so that it can't agree with the database's.</summary>
    public bool ClockIsSet { get; init; }

    /// <summary>Randomness for codes.</summary>
    public IRandomness Randomness { get; init; } = new SystemRandomness();

    /// <summary>Ids of new rows; null takes UUIDs of the clock.</summary>
    public IIds? Ids { get; init; }

    /// <summary>What lives as long as the host, disposed in this order when it has stopped (Garnet, then the data folder's lock).</summary>
    public IReadOnlyList<IAsyncDisposable> Owned { get; init; } = [];

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var owned in Owned)
            await owned.DisposeAsync();
    }

    internal IIds MakeIds(Clock clock) => Ids ?? new UuidV7Ids(clock);
}
