using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Garnet;
using Microsoft.Extensions.Logging;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;
using StackExchange.Redis;

namespace Phoenix.Platform.Embedded;

/// <summary>
/// Garnet in this process (decision 0007): a real Redis server on a free loopback port, behind a password that lives as long as the process.
/// Its folder is never the truth: damaged, it is moved aside and Garnet starts empty.
/// </summary>
public sealed class EmbeddedGarnet : IAsyncDisposable
{
    /// <summary>How long a start may take, recovery included, before the folder counts as damaged.</summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Tries for a port, should another process take the free one first.</summary>
    private const int PortTries = 5;

    private const int PasswordBytes = 24;

    // While this file is there a start is under way. Found at a start: the last one took the whole process down.
    private const string StartingMark = "starting";

    private readonly GarnetServer _server;

    private EmbeddedGarnet(GarnetServer server, string configuration, string? movedAside)
    {
        _server = server;
        Configuration = configuration;
        MovedAside = movedAside;
    }

    /// <summary>For <see cref="Redis.RedisSettings"/> and Hangfire; holds the password.</summary>
    public string Configuration { get; }

    /// <summary>Where a damaged folder went at this start, or null.</summary>
    public string? MovedAside { get; }

    /// <summary>Starts Garnet over <c>garnet</c> in the data folder and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It doesn't start over an empty folder either.</exception>
    public static async Task<EmbeddedGarnet> Start(DataFolder folder, Clock clock, IRandomness randomness, ILoggerFactory logs)
    {
        var log = logs.CreateLogger<EmbeddedGarnet>();
        var files = folder.Combine("garnet");
        var secret = new byte[PasswordBytes];
        randomness.Fill(secret);
        var password = Convert.ToHexStringLower(secret);
        string? movedAside = null;
        Exception? last = null;
        if (File.Exists(Path.Combine(files, StartingMark)))
            movedAside = MoveAside(files, clock, log);

        for (var attempt = 0; attempt < PortTries; attempt++)
        {
            var port = FreePort();
            try
            {
                var server = await Attempt(files, port, password, logs, clock.Provider);
                return new EmbeddedGarnet(server, $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)},password={password}", movedAside);
            }
            catch (Exception e)
            {
                last = e;
                log.LogWarning(e, "Garnet did not start on port {Port}", port);
                if (!IsPortTaken(e))
                    movedAside = MoveAside(files, clock, log);
            }
        }

        throw new InvalidOperationException("Garnet does not start, not even over an empty folder.", last);
    }

    /// <summary>Stops Garnet; what it holds is on the disk.</summary>
    public async ValueTask DisposeAsync() => await Task.Run(_server.Dispose);

    private static async Task<GarnetServer> Attempt(string files, int port, string password, ILoggerFactory logs, TimeProvider time)
    {
        Directory.CreateDirectory(files);
        var mark = Path.Combine(files, StartingMark);
        await File.WriteAllBytesAsync(mark, []);
        GarnetServer? server = null;
        try
        {
            await Task.Run(() =>
            {
                server = new GarnetServer(Arguments(files, port, password), logs);
                server.Start();
            }).WaitAsync(StartTimeout, time);
            await Prove(port, password).WaitAsync(StartTimeout, time);
        }
        catch
        {
            server?.Dispose();
            throw;
        }

        File.Delete(mark);
        return server!;
    }

    /// <summary>A server that recovered from broken files may listen and yet not serve.</summary>
    private static async Task Prove(int port, string password)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions { EndPoints = { { IPAddress.Loopback, port } }, Password = password });
        var database = connection.GetDatabase();
        const string Key = "phoenix:started";
        if (!await database.StringSetAsync(Key, port, TimeSpan.FromMinutes(1)) || (int)await database.StringGetAsync(Key) != port)
            throw new InvalidDataException("Garnet answers, but doesn't keep what it is given.");
        // Also loads the Lua engine, which would cost the first caller more than a call may take.
        if ((int)await database.ScriptEvaluateAsync("return redis.call('GET', KEYS[1])", [Key]) != port)
            throw new InvalidDataException("Garnet answers, but doesn't run scripts.");
    }

    // Each argument is there for a reason that was measured: decision 0007.
    private static string[] Arguments(string files, int port, string password) =>
    [
        "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--auth", "Password", "--password", password,
        "--memory", "32m", "--page", "1m", "--index", "1m", "--segment", "32m",
        "--aof", "--aof-memory", "8m", "--aof-page-size", "2m", "--aof-segment-size", "16m", "--aof-size-limit", "32m",
        "--recover", "--checkpointdir", files, "--lua", "-q", "--device-type", "RandomAccess",
    ];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsPortTaken(Exception e) => e.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };

    private static string MoveAside(string files, Clock clock, ILogger log)
    {
        var aside = $"{files}-damaged-{clock.Now.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture)}";
        // One is enough to look into; more would only fill the disk.
        foreach (var older in Directory.EnumerateDirectories(Path.GetDirectoryName(files)!, "garnet-damaged-*"))
            Directory.Delete(older, recursive: true);
        Directory.Move(files, aside);
        log.LogWarning("Garnet's files were damaged; moved to {Aside}, starting empty (nothing is lost: Redis is never the truth)", aside);
        return aside;
    }
}
