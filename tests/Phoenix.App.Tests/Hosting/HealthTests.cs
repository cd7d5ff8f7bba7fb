using System.Net;
using System.Text.Json;
using Hangfire;
using Hangfire.Storage;
using Npgsql;
using Phoenix.App.Community;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Platform.Redis;
using Phoenix.Platform.Data;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Hosting;

/// <summary>Readiness names each part's state, requests meet clear refusals while something is away, and all is well again without a restart.</summary>
public sealed class HealthTests
{
    private const string Day = "calendar/entries/2026-12-24";
    private static readonly object s_body = new { isWorking = false, note = "停电" };

    [Fact]
    public async Task A_PostgreSQL_that_stops_at_work_is_missed_clearly_and_found_again()
    {
        await using var server = await PostgresServer.Create();
        await using var database = PostgresDatabase.Create(await server.CreateDatabase("work"));
        await TestDatabases.Fill(database);
        await using var app = await PhoenixApp.Start(DatabaseKind.PostgreSql, database: database);
        var staff = await app.Staff();
        (await staff.Get("calendar/entries")).Ok<Page<ListCalendarEntries.Item>>();

        foreach (var mode in (StopMode[])[StopMode.Fast, StopMode.Immediate])
        {
            await server.Stop(mode);
            var id = app.NewRequestId();
            await AssertDatabaseAway(app, staff, "can't be reached", id);
            await server.Start();
            await Gates.Until(async () => (await Ready(app)).Status != "notReady");
            Assert.DoesNotContain(mode.ToString(), (await staff.Get("calendar/entries")).Text, StringComparison.Ordinal);
            (await staff.Put(Day, new { isWorking = false, note = mode.ToString() }, app.NewRequestId())).Ok<CalendarDay>();
        }
    }

    [Fact]
    public async Task A_PostgreSQL_away_at_start_is_waited_for_and_so_is_its_migration()
    {
        await using var server = await PostgresServer.Create();
        await using var database = PostgresDatabase.Create(await server.CreateDatabase("late"));
        await server.Stop();
        await using var app = await PhoenixApp.Start(DatabaseKind.PostgreSql, database: database);
        await AssertDatabaseAway(app, app.Anyone, "can't be reached", app.NewRequestId());

        await server.Start();
        await Gates.Until(async () => await AfterRetry(app) == "not migrated: run phoenix migrate");
        (await app.Anyone.Get("/api/v1/communities")).Refused(HttpStatusCode.ServiceUnavailable, "system.database_away");

        await TestDatabases.Fill(database);
        await Gates.Until(async () => await AfterRetry(app) == "takes writes");
        Assert.Equal(HttpStatusCode.OK, (await app.Anyone.Get("/api/v1/communities")).Status);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_yet_is_waited_for()
    {
        var name = SharedServers.UniqueName("missing");
        await using var database = PostgresDatabase.Create(new NpgsqlConnectionStringBuilder(await SharedServers.Postgres()) { Database = name }.ConnectionString);
        await using var app = await PhoenixApp.Start(DatabaseKind.PostgreSql, database: database);
        await AssertDatabaseAway(app, app.Anyone, "can't be reached", app.NewRequestId());
        await SharedServers.CreateDatabase(name);
        try
        {
            await TestDatabases.Fill(database);
            await Gates.Until(async () => await AfterRetry(app) == "takes writes");
        }
        finally
        {
            await SharedServers.DropDatabase(name);
        }
    }

    [Fact]
    public async Task A_database_that_is_not_migrated_stops_the_start()
    {
        var name = SharedServers.UniqueName("empty");
        await using (var database = PostgresDatabase.Create(await SharedServers.CreateDatabase(name)))
            Assert.Contains("phoenix migrate", (await Assert.ThrowsAsync<StartRefusedException>(() => PhoenixApp.Start(DatabaseKind.PostgreSql, database: database))).Message, StringComparison.Ordinal);
        await SharedServers.DropDatabase(name);
        var folder = Directory.CreateTempSubdirectory("phoenix-empty-");
        await Assert.ThrowsAsync<StartRefusedException>(() => PhoenixApp.Start(DatabaseKind.Sqlite, database: new SqliteDatabase(Path.Combine(folder.FullName, "phoenix.db"))));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, Suffering.ReadOnly, "read-only")]
    [InlineData(DatabaseKind.Sqlite, Suffering.DiskFull, "disk full")]
    [InlineData(DatabaseKind.PostgreSql, Suffering.ReadOnly, "read-only")]
    [InlineData(DatabaseKind.PostgreSql, Suffering.DiskFull, "disk full")]
    public async Task A_database_that_takes_no_writes_is_still_read_and_recovers(DatabaseKind kind, Suffering suffering, string state)
    {
        await using var database = await FaultyDatabase.Create(kind);
        await using var app = await PhoenixApp.Start(kind, database: database.Database);
        var staff = await app.Staff();
        (await staff.Put(Day, s_body)).Ok<CalendarDay>();

        await database.Suffer(suffering);
        var id = app.NewRequestId();
        var refused = await staff.Put(Day, new { isWorking = true, note = "来电" }, id);
        refused.Refused(HttpStatusCode.ServiceUnavailable, "system.read_only");
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal("停电", (await staff.Get("calendar/entries")).Ok<Page<ListCalendarEntries.Item>>().Items[0].Note);
        var (status, report) = await Asked(app);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, state), (status, report.Checks["database"].State));

        await database.Suffer(Suffering.Nothing);
        Assert.NotEqual("notReady", (await Ready(app)).Status);
        (await staff.Put(Day, new { isWorking = true, note = "来电" }, id)).Ok<CalendarDay>();
    }

    [Fact]
    public async Task Redis_missing_at_start_killed_and_flushed_only_degrades()
    {
        await using var server = await RedisServer.Create();
        await server.Kill();
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite, redis: server.Address);
        var staff = await app.Staff();
        await AssertDegraded(app, staff, "2026-12-24");

        await server.Start();
        await Gates.Until(async () => await RedisAfterBreak(app) == "up");
        await server.Kill();
        await AssertDegraded(app, staff, "2026-12-25");

        await server.Start();
        await Gates.Until(async () => await RedisAfterBreak(app) == "up");
        await server.FlushAll();
        (await staff.Put("calendar/entries/2026-12-26", s_body)).Ok<CalendarDay>();
        Assert.Equal(3, (await staff.Get("calendar/entries")).Ok<Page<ListCalendarEntries.Item>>().Items.Count);
        Assert.Equal("ready", (await Ready(app)).Status);
    }

    [Fact]
    public async Task A_node_whose_clock_is_off_by_more_than_two_seconds_is_not_ready()
    {
        var (database, drop) = await TestDatabases.Create(DatabaseKind.PostgreSql);
        var theirs = (await database.ServerNow(Cancel))!.Value;
        await using (var app = await PhoenixApp.Start(DatabaseKind.PostgreSql, at: theirs - TimeSpan.FromHours(1), database: database, clockIsSet: false))
        {
            Assert.Equal("notReady", (await Ready(app)).Checks["clock"].Status);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Asked(app)).Status);
            await Gates.Until(async () =>
            {
                app.Time.SetUtcNow((await database.ServerNow(Cancel))!.Value);
                return (await Ready(app)).Checks["clock"].Status == "ready";
            });
            app.Time.Advance(TimeSpan.FromHours(1));
            Assert.StartsWith("+", (await Ready(app)).Checks["clock"].State, StringComparison.Ordinal);
            Assert.Equal("notReady", (await Ready(app)).Status);
        }

        await drop();
    }

    [Fact]
    public async Task A_job_store_that_is_away_or_hangs_only_degrades()
    {
        using var store = new SickStore();
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite, jobs: _ => store);
        var away = (await Ready(app)).Checks["jobs"];
        Assert.Equal("degraded", away.Status);
        Assert.Contains("can't be reached", away.State, StringComparison.Ordinal);

        store.Hangs = true;
        var (status, report) = await Asked(app);
        store.Released.Set();
        Assert.Equal((HttpStatusCode.OK, "degraded", "degraded"), (status, report.Status, report.Checks["jobs"].Status));
    }

    private static async Task AssertDatabaseAway(PhoenixApp app, TestCaller caller, string state, Guid requestId)
    {
        var refused = await caller.Put(Day, s_body, requestId);
        refused.Refused(HttpStatusCode.ServiceUnavailable, "system.database_away");
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        (await caller.Get("/api/v1/communities")).Refused(HttpStatusCode.ServiceUnavailable, "system.database_away");
        var (status, report) = await Asked(app);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "notReady", state), (status, report.Status, report.Checks["database"].State));
        Assert.Equal(HttpStatusCode.OK, (await app.Anyone.Get(Health.LivePath)).Status);
    }

    private static async Task AssertDegraded(PhoenixApp app, TestCaller staff, string day)
    {
        (await staff.Put("calendar/entries/" + day, s_body)).Ok<CalendarDay>();
        var (status, report) = await Asked(app);
        Assert.Equal((HttpStatusCode.OK, "degraded", "degraded"), (status, report.Status, report.Checks["redis"].Status));
        Assert.Contains("going on without it", report.Checks["redis"].State, StringComparison.Ordinal);
    }

    private static async Task<string?> AfterRetry(PhoenixApp app)
    {
        app.Time.Advance(DatabaseState.RetryAfter);
        return (await Ready(app)).Checks["database"].State;
    }

    private static async Task<string?> RedisAfterBreak(PhoenixApp app)
    {
        app.Time.Advance(RedisGate.BreakerBreak);
        return (await Ready(app)).Checks["redis"].State;
    }

    private static async Task<Health.Report> Ready(PhoenixApp app) => (await Asked(app)).Report;

    private static async Task<(HttpStatusCode Status, Health.Report Report)> Asked(PhoenixApp app)
    {
        var answer = await app.Anyone.Get(Health.ReadyPath);
        return (answer.Status, JsonSerializer.Deserialize<Health.Report>(answer.Bytes, PhoenixJson.Options)!);
    }

    private sealed class SickStore : JobStorage, IDisposable
    {
        public bool Hangs { get; set; }

        public ManualResetEventSlim Released { get; } = new();

        public void Dispose() => Released.Dispose();

        public override IMonitoringApi GetMonitoringApi()
        {
            if (Hangs)
                Released.Wait();
            throw new IOException("away");
        }

        public override IStorageConnection GetConnection() => throw new IOException("away");
    }
}
