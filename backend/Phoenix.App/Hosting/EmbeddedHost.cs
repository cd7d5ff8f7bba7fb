using Hangfire.Redis.StackExchange;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund;
using Phoenix.App.Redemption;
using Phoenix.App.Volunteering;
using Phoenix.Platform.Data;
using Phoenix.Platform.Embedded;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;
using StackExchange.Redis;

namespace Phoenix.App.Hosting;

/// <summary>The embedded host: SQLite, Garnet in process, Hangfire on Garnet, everything under one data folder.</summary>
public static class EmbeddedHost
{
    /// <summary>Takes the data folder, makes the keys at the first start, migrates the database, starts Garnet, seeds if asked.</summary>
    /// <exception cref="StartRefusedException">The folder is in use or can't be used.</exception>
    public static async Task<HostParts> Prepare(HostSettings settings, CancellationToken cancel)
    {
        // A demo's clock can be walked on; a neighbourhood's can't.
        var time = settings.WeChatSimulator ? new DemoTime(settings.Ahead) : TimeProvider.System;
        var clock = new Clock(time);
        var randomness = new SystemRandomness();
        DataFolder folder;
        KeyRing keys;
        try
        {
            folder = DataFolder.Open(settings.DataFolder);
            keys = EmbeddedSecrets.Open(folder, clock, randomness);
        }
        catch (Exception e) when (e is DataFolderException or KeyFileException)
        {
            throw new StartRefusedException(e.Message);
        }

        var database = new SqliteDatabase(folder.DatabasePath);
        using var logs = LoggerFactory.Create(l => l.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("ArgParser", LogLevel.Error));
        var starting = Task.Run(() => EmbeddedGarnet.Start(folder, clock, randomness, logs), cancel);
        var garnet = await Both(Migrate(database, settings.Seed, clock, cancel), starting, database, folder);
        return new HostParts
        {
            Settings = settings,
            Database = database,
            Keys = keys,
            Redis = garnet.Configuration,
            JobStore = _ => new RedisStorage(ConnectionMultiplexer.Connect(garnet.Configuration + ",abortConnect=false"), new RedisStorageOptions { Prefix = "hangfire:" }),
            Time = time,
            ClockIsSet = settings.WeChatSimulator,
            Owned = [garnet, new Held(folder)],
        };
    }

    // What was started is stopped again, so that a refused start leaves nothing behind.
    private static async Task<EmbeddedGarnet> Both(Task migrating, Task<EmbeddedGarnet> starting, SqliteDatabase database, DataFolder folder)
    {
        try
        {
            await migrating;
            return await starting;
        }
        catch (Exception e)
        {
            await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (starting.IsCompletedSuccessfully)
                await (await starting).DisposeAsync();
            folder.Dispose();
            throw e switch
            {
                _ when database.Classify(e) != DatabaseFault.None => new StartRefusedException($"The database {database.Path} can't be used: {e.GetBaseException().Message.ReplaceLineEndings(" ")}"),
                InvalidOperationException when starting.IsFaulted => new StartRefusedException($"{e.Message} See {folder.Path}."),
                _ => e,
            };
        }
    }

    /// <summary>Parts that start nothing, for what only needs the built host: the OpenAPI document.</summary>
    internal static HostParts Unstarted()
    {
        var clock = new Clock(TimeProvider.System);
        var folder = DataFolder.Open(Directory.CreateTempSubdirectory("phoenix-").FullName);
        return new HostParts
        {
            Settings = new HostSettings { WeChatSimulator = true },
            Database = new SqliteDatabase(folder.DatabasePath),
            Keys = EmbeddedSecrets.Open(folder, clock, new SystemRandomness()),
            Redis = "127.0.0.1:1",
            Owned = [new Held(folder, delete: true)],
        };
    }

    private static async Task Migrate(SqliteDatabase database, bool seed, Clock clock, CancellationToken cancel)
    {
        await using var db = DataServices.NewContext(database);
        await Schema.Migrate(db, cancel);
        if (!seed)
            return;
        await Seed(db, database, clock, cancel);
    }

    /// <summary>Puts 凤凰里社区 into the parts' database, which is up to date, if it is empty.</summary>
    internal static async Task Seed(HostParts parts, CancellationToken cancel)
    {
        await using var db = DataServices.NewContext(parts.Database);
        await Seed(db, parts.Database, new Clock(parts.Time), cancel);
    }

    private static async Task Seed(PhoenixDb db, Database database, Clock clock, CancellationToken cancel)
    {
        await Seeding.Run(db, clock, cancel);
        await Seeding.AddDocuments(db, clock, new UuidV7Ids(clock), cancel);
        await FundSeeding.Run(db, database, clock, new UuidV7Ids(clock), cancel);
        await VolunteeringSeeding.Run(db, clock, new UuidV7Ids(clock), cancel);
        await RedemptionSeeding.Run(db, clock, new UuidV7Ids(clock), cancel);
    }

    private sealed class Held(DataFolder folder, bool delete = false) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            folder.Dispose();
            if (delete)
                Directory.Delete(folder.Path, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
