using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Phoenix.Ledger.Bench;

/// <summary>A PostgreSQL of its own in a temporary folder, for benchmarks and tests: started from the installed binaries, ended by its data folder.</summary>
public sealed class TemporaryPostgres : IAsyncDisposable
{
    private readonly string _folder;
    private readonly bool _asPostgres;
    private readonly string _options;

    private TemporaryPostgres(string folder, int port, bool fsync)
    {
        _folder = folder;
        Port = port;
        _asPostgres = string.Equals(Environment.UserName, "root", StringComparison.Ordinal);
        _options = $"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 -c shared_buffers=512MB -c max_wal_size=8GB -c checkpoint_timeout=30min -c fsync={(fsync ? "on" : "off")} -c synchronous_commit={(fsync ? "on" : "off")}";
    }

    /// <summary>Where it listens, on loopback only.</summary>
    public int Port { get; }

    /// <summary>To its database postgres, as superuser.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres";

    /// <summary>The folder of initdb, pg_ctl and pgbench: named by PHOENIX_TEST_PG_BIN, or the newest installed.</summary>
    public static string Binaries => Environment.GetEnvironmentVariable("PHOENIX_TEST_PG_BIN") is { Length: > 0 } named
        ? named
        : Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)).Select(d => Path.Combine(d, "bin")).First();

    /// <summary>Makes and starts one.</summary>
    /// <param name="fsync">Whether commits reach the disk: true for benchmarks and crash tests of the machine, false for the rest.</param>
    public static async Task<TemporaryPostgres> Start(bool fsync)
    {
        var folder = Directory.CreateTempSubdirectory("phoenix-pg-").FullName;
        var server = new TemporaryPostgres(folder, FreePort(), fsync);
        if (server._asPostgres)
            await Run("chown", "postgres", folder);
        await server.RunTool("initdb", "-D", Path.Combine(folder, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C");
        await server.StartAgain();
        return server;
    }

    /// <summary>Starts it after <see cref="Stop"/>, on the same port.</summary>
    public Task StartAgain() => RunTool("pg_ctl", "start", "-w", "-D", Path.Combine(_folder, "data"), "-o", _options, "-l", Path.Combine(_folder, "log"));

    /// <summary>Stops it as pg_ctl does: <c>fast</c> ends sessions, <c>immediate</c> crashes.</summary>
    public Task Stop(string mode) => RunTool("pg_ctl", "stop", "-w", "-m", mode, "-D", Path.Combine(_folder, "data"));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (File.Exists(Path.Combine(_folder, "data", "postmaster.pid")))
            await Stop("immediate");
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task RunTool(string tool, params string[] arguments)
    {
        var path = Path.Combine(Binaries, tool);
        return _asPostgres ? Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]) : Run(path, arguments);
    }

    /// <summary>Runs an installed tool to its end and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0.</exception>
    public static async Task<string> Run(string program, params string[] arguments)
    {
        // Output goes to a file: the server inherits the descriptors of pg_ctl, and a pipe would never end.
        var quoted = string.Join(' ', arguments.Prepend(program).Select(a => $"'{a.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        start.ArgumentList.Add("-c");
        var log = Path.GetTempFileName();
        start.ArgumentList.Add($"{quoted} >'{log}' 2>&1");
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        var output = await File.ReadAllTextAsync(log);
        File.Delete(log);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
        return output;
    }
}
