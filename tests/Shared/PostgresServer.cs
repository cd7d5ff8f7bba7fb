using System.Globalization;
using Npgsql;

namespace Phoenix.Testing;

/// <summary>How a PostgreSQL server is stopped (pg_ctl's modes).</summary>
public enum StopMode
{
    /// <summary>Ends sessions, rolls back, writes a checkpoint: an orderly stop.</summary>
    Fast,

    /// <summary>Drops everything as a crash would; the next start recovers from the log.</summary>
    Immediate,
}

/// <summary>
/// A private PostgreSQL server in a temporary folder on a loopback port of its own, for tests that stop, crash or restart it.
/// Tests that only need a database take one from <see cref="SharedServers"/>.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    private readonly string _folder;
    private readonly string _binaries;
    private readonly bool _durable;
    private int _port;
    private bool _running;

    private PostgresServer(string folder, string binaries, bool durable)
    {
        _folder = folder;
        _binaries = binaries;
        _durable = durable;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The superuser's connection string to the database <c>postgres</c>. Stays the same over restarts.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = "postgres",
        Database = "postgres",
    }.ConnectionString;

    private string Data => Path.Combine(_folder, "data");

    private string Log => Path.Combine(_folder, "log");

    /// <summary>Makes and starts a server.</summary>
    /// <param name="durable">With fsync, as production has it; without (the default) it is faster and survives a killed process, not a power cut.</param>
    public static async Task<PostgresServer> Create(bool durable = false)
    {
        var binaries = FindBinaries();
        var server = new PostgresServer(Directory.CreateTempSubdirectory("phoenix-pg-").FullName, binaries, durable);
        try
        {
            await server.Initialise();
            await server.StartOnFreePort();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the stopped server again, on the port it had; returns when it takes connections.</summary>
    public async Task Start()
    {
        var fsync = _durable ? "on" : "off";
        var options = $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1 -c fsync={fsync} -c full_page_writes={fsync} -c max_connections=300 -c timezone=UTC";
        await PgCtl("start", "-w", "-t", "60", "-l", Log, "-o", options);
        _running = true;
    }

    /// <summary>Stops the server, by the process id in its data folder; returns when it is gone.</summary>
    public async Task Stop(StopMode mode = StopMode.Fast)
    {
        _running = false;
        await PgCtl("stop", "-w", "-t", "60", "-m", mode == StopMode.Fast ? "fast" : "immediate");
    }

    /// <summary>Stops and starts.</summary>
    public async Task Restart(StopMode mode = StopMode.Fast)
    {
        await Stop(mode);
        await Start();
    }

    /// <summary>Makes a database and returns its connection string; see <see cref="SharedServers.CreateDatabase"/>.</summary>
    public Task<string> CreateDatabase(string name, string? template = null) => Databases.Create(ConnectionString, name, template);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        if (_running)
            await Stop(StopMode.Immediate);
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task Initialise()
    {
        if (Environment.IsPrivilegedProcess)
            await Tool.Run("/", Bound, ["chown", "postgres", _folder]);
        await AsServerUser(Path.Combine(_binaries, "initdb"), "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
    }

    private async Task StartOnFreePort()
    {
        for (var attempt = 1; ; attempt++)
        {
            _port = Tool.FreePort();
            try
            {
                await Start();
                return;
            }
            catch (InvalidOperationException) when (attempt < Attempts && LogText().Contains("Address already in use", StringComparison.Ordinal))
            {
                File.Delete(Log);
            }
            catch (InvalidOperationException e)
            {
                throw new InvalidOperationException($"PostgreSQL did not start: {LogText()} {Tool.Advice}", e);
            }
        }
    }

    private string LogText() => File.Exists(Log) ? File.ReadAllText(Log) : "";

    private Task<string> PgCtl(string action, params string[] options) =>
        AsServerUser([Path.Combine(_binaries, "pg_ctl"), action, "-D", Data, "-s", .. options]);

    // PostgreSQL refuses to run as root: there it runs as the user that Debian's package makes.
    private Task<string> AsServerUser(params string[] command) =>
        Tool.Run(_folder, Bound, Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. command] : command);

    private void OnProcessExit(object? sender, EventArgs e) => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static string FindBinaries()
    {
        var named = Environment.GetEnvironmentVariable("PHOENIX_TEST_PG_BIN");
        if (!string.IsNullOrEmpty(named))
            return File.Exists(Path.Combine(named, "initdb")) ? named : throw new InvalidOperationException($"PHOENIX_TEST_PG_BIN names {named}, which has no initdb.");
        const string root = "/usr/lib/postgresql";
        var versions = Directory.Exists(root) ? Directory.GetDirectories(root) : [];
        return versions
            .Select(folder => Path.Combine(folder, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
            .MaxBy(folder => int.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0)
            ?? throw new InvalidOperationException($"PostgreSQL's server programs are not on this machine. {Tool.Advice}");
    }
}
