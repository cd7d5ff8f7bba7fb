using Npgsql;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Ledger.Bench;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Cli;

/// <summary>A PostgreSQL (fsync on) and a Redis of a benchmark's own, and the parts of a host over them: migrated, with 凤凰里社区. Ended with the parts.</summary>
/// <param name="Server">PostgreSQL.</param>
/// <param name="Redis">Redis.</param>
/// <param name="Folder">For files; whoever started it deletes it.</param>
/// <param name="Parts">Of the host.</param>
internal sealed record BenchServers(TemporaryPostgres Server, BenchRedis Redis, DirectoryInfo Folder, HostParts Parts)
{
    /// <summary>Settings of a host on a free port with the simulator.</summary>
    public static HostSettings Settings(DirectoryInfo folder) => new() { DataFolder = folder.FullName, WeChatSimulator = true, Url = "http://127.0.0.1:0" };

    /// <summary>Starts both; null where one of them isn't installed.</summary>
    /// <param name="connections">Most connections to PostgreSQL; null is Npgsql's own limit.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="time">The host's clock; null is the system's.</param>
    public static async Task<BenchServers?> TryStart(int? connections, CancellationToken cancel, TimeProvider? time = null)
    {
        if (!Directory.Exists("/usr/lib/postgresql") || await BenchRedis.TryStart(cancel) is not { } redis)
            return null;
        var folder = Directory.CreateTempSubdirectory("phoenix-bench-");
        var server = await TemporaryPostgres.Start(fsync: true);
        var (clock, keysFile) = (new Clock(time ?? TimeProvider.System), Path.Combine(folder.FullName, "keys.json"));
        KeyFile.Create(keysFile, clock.Now, new SystemRandomness());
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        if (connections is { } most)
            address.MaxPoolSize = most;
        var database = PostgresDatabase.Create(address.ConnectionString);
        await using (var db = DataServices.NewContext(database))
        {
            await Schema.Migrate(db, cancel);
            await Seeding.Run(db, clock, cancel);
        }

        return new BenchServers(server, redis, folder, new HostParts
        {
            Settings = Settings(folder),
            Database = database,
            Keys = new KeyRing(keysFile, clock, new SystemRandomness()),
            Redis = redis.Configuration,
            Time = clock.Provider,
            ClockIsSet = time is not null,
            Owned = [database, redis, server],
        });
    }

    /// <summary>A silent host over the parts, started.</summary>
    public async Task<WebApplication> StartHost(CancellationToken cancel)
    {
        var app = PhoenixHost.Build(Parts, builder => builder.Logging.ClearProviders());
        await app.StartAsync(cancel);
        return app;
    }
}
