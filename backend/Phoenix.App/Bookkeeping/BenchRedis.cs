using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping;

/// <summary>A Redis of the benchmark's own, with the product's lease in it.</summary>
internal sealed class BenchRedis : IAsyncDisposable
{
    private readonly int _port;
    private readonly RedisGate _gate;
    private Process? _server;

    private BenchRedis(Process server, int port)
    {
        (_server, _port) = (server, port);
        Configuration = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        _gate = new RedisGate(new RedisSettings(Configuration), new Clock(TimeProvider.System), NullLogger<RedisGate>.Instance);
        SpendLock = new RedisSpendLock(new Leases(_gate, new SystemRandomness()));
    }

    /// <summary>Where it is.</summary>
    public string Configuration { get; }

    /// <summary>The lease as the host uses it.</summary>
    public ISpendLock SpendLock { get; }

    /// <summary>Starts redis-server on a free loopback port and waits until it answers; null where it isn't installed.</summary>
    public static async Task<BenchRedis?> TryStart(CancellationToken cancel)
    {
        var port = FreePort();
        return await Run(port, cancel) is { } server ? new BenchRedis(server, port) : null;
    }

    /// <summary>Kills it: nothing is answered from now on.</summary>
    public async Task Stop()
    {
        if (_server is not { } server)
            return;
        _server = null;
        server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
    }

    /// <summary>Starts it again, empty, on the same port.</summary>
    public async Task StartAgain(CancellationToken cancel) => _server ??= await Run(_port, cancel);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _gate.DisposeAsync();
        await Stop();
    }

    private static async Task<Process?> Run(int port, CancellationToken cancel)
    {
        Process server;
        try
        {
            server = Process.Start(new ProcessStartInfo("redis-server", ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        while (await server.StandardOutput.ReadLineAsync(cancel) is { } line && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
        {
        }

        return server;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
