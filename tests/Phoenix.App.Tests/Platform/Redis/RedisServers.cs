using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Phoenix.Platform.Embedded;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Time;
using StackExchange.Redis;

namespace Phoenix.App.Tests.Platform.Redis;

/// <summary>Both servers that the product runs on: real Redis and Garnet in process.</summary>
public sealed class RedisServers : IAsyncLifetime
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("phoenix-garnet-");
    private string _shared = "";
    private DataFolder? _folder;
    private EmbeddedGarnet? _garnet;

    public string Configuration(string server) => string.Equals(server, "garnet", StringComparison.Ordinal)
        ? _garnet!.Configuration
        : _shared;

    /// <summary>On a clock that stands still: however busy the machine is, no call is timed out.</summary>
    public RedisGate Gate(string server) => Gates.New(Configuration(server), new Clock(new FakeTimeProvider()));

    public async ValueTask InitializeAsync()
    {
        _shared = await SharedServers.Redis();
        _folder = DataFolder.Open(_parent.FullName);
        _garnet = await EmbeddedGarnet.Start(_folder, new Clock(TimeProvider.System), new SystemRandomness(), NullLoggerFactory.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        if (_garnet is not null)
            await _garnet.DisposeAsync();
        _folder?.Dispose();
        _parent.Delete(recursive: true);
    }
}

internal static class Gates
{
    private static int s_next;

    /// <summary>A gate with a key prefix of its own, so that tests share one server.</summary>
    public static RedisGate New(string configuration, Clock? clock = null) => new(
        new RedisSettings(configuration, string.Create(CultureInfo.InvariantCulture, $"t{Environment.ProcessId}-{Stopwatch.GetTimestamp()}-{Interlocked.Increment(ref s_next)}:")),
        clock ?? new Clock(TimeProvider.System),
        NullLogger<RedisGate>.Instance);

    /// <summary>Waits for the event itself: asks until it is so, for 30 s at most.</summary>
    public static async Task Until(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await isSo())
            await tick.WaitForNextTickAsync(limit.Token);
    }

    /// <summary>Connects: the first call of a gate may be over before the connection stands.</summary>
    public static async Task<RedisGate> Connected(this RedisGate gate)
    {
        await Until(async () => (await gate.Ping(Cancel)).State == RedisState.Up);
        return gate;
    }

    public static Task<RedisReply<TimeSpan>> Try(this RedisGate gate) => gate.Call((IDatabase db) => db.PingAsync(), Cancel);
}
