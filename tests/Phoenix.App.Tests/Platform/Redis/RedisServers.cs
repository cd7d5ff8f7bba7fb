using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Phoenix.Platform.Embedded;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Time;
using StackExchange.Redis;

namespace Phoenix.App.Tests.Platform.Redis;

/// <summary>A real redis-server of our own, that a test may kill, stop and flush.</summary>
internal sealed class PrivateRedis : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("phoenix-redis-").FullName;
    private Process? _process;

    public PrivateRedis(bool start = true)
    {
        Port = FreePort();
        if (start)
            Start();
    }

    public int Port { get; }

    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},allowAdmin=true");

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Start()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[] { "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder })
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        while (_process.StandardOutput.ReadLine() is { } line)
            if (line.Contains("Ready to accept connections", StringComparison.OrdinalIgnoreCase))
                return;
        throw new InvalidOperationException("redis-server did not start.");
    }

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>Stops the process without ending it: connections stay open and nothing is answered.</summary>
    public void Hang() => Signal("-STOP");

    public void Wake() => Signal("-CONT");

    public void Dispose()
    {
        if (_process is { HasExited: false })
            Kill();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}

/// <summary>Both servers that the product runs on: real Redis (PHOENIX_TEST_REDIS, or one of our own) and Garnet in process.</summary>
public sealed class RedisServers : IAsyncLifetime
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("phoenix-garnet-");
    private PrivateRedis? _private;
    private DataFolder? _folder;
    private EmbeddedGarnet? _garnet;

    public string Configuration(string server) => string.Equals(server, "garnet", StringComparison.Ordinal)
        ? _garnet!.Configuration
        : Environment.GetEnvironmentVariable("PHOENIX_TEST_REDIS") is { Length: > 0 } shared ? shared : (_private ??= new PrivateRedis()).Configuration;

    /// <summary>On a clock that stands still: however busy the machine is, no call is timed out.</summary>
    public RedisGate Gate(string server) => Gates.New(Configuration(server), new Clock(new FakeTimeProvider()));

    public async ValueTask InitializeAsync()
    {
        _folder = DataFolder.Open(_parent.FullName);
        _garnet = await EmbeddedGarnet.Start(_folder, new Clock(TimeProvider.System), new SystemRandomness(), NullLoggerFactory.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _private?.Dispose();
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
