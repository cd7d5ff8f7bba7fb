using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Hosting;

/// <summary>What residents and operators see while something is away, and that it is over without a restart.</summary>
public sealed class FaultTests
{
    private const string Day = "calendar/entries/2026-12-24";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_healthy_host_is_ready_and_tells_each_part_s_state(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        Assert.Equal("live", (await app.Anyone.Get("/health/live")).Json.GetProperty("status").GetString());
        var ready = (await app.Anyone.Get("/health/ready")).Ok<Health.Report>();
        Assert.Equal("ready", ready.Status);
        Assert.Equal(["books", "clock", "database", "jobs", "redis", "writer"], ready.Checks.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("takes writes", ready.Checks["database"].State);
    }

    [Fact]
    public async Task PostgreSQL_away_is_503_and_nothing_half_done_and_back_is_well_again()
    {
        await using var server = await PostgresServer.Create();
        var database = PostgresDatabase.Create(await server.CreateDatabase("faults"));
        await using (var db = DataServices.NewContext(database))
        {
            await Schema.Migrate(db, CancellationToken.None);
            await Seeding.Run(db, new Clock(TimeProvider.System), CancellationToken.None);
        }

        await using (var app = await PhoenixApp.Start(DatabaseKind.PostgreSql, database: database))
        {
            var staff = await app.Staff();
            await server.Stop(StopMode.Immediate);
            var away = await staff.Put(Day, new { isWorking = false, note = "停电" });
            away.Refused(HttpStatusCode.ServiceUnavailable, "system.database_away");
            Assert.NotNull(away.Headers.RetryAfter);
            Assert.Equal(("notReady", "can't be reached"), await DatabasePart(app));

            await server.Start();
            (await staff.Put(Day, new { isWorking = false, note = "停电" })).Ok<CalendarDay>();
            Assert.Equal(("ready", "takes writes"), await DatabasePart(app));
            Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<CalendarEntry>().CountAsync()));
        }

        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_read_only_PostgreSQL_refuses_writes_and_goes_on_reading()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.PostgreSql);
        var staff = await app.Staff();
        await Sql(app, "do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$");
        await Refuses(app, staff, "read-only");
        await Sql(app, "begin read write; do $$ begin execute format('alter database %I reset default_transaction_read_only', current_database()); end $$; commit");
        await GoesOn(app, staff);
    }

    [Fact]
    public async Task A_full_disk_under_PostgreSQL_refuses_writes_and_goes_on_reading()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.PostgreSql);
        var staff = await app.Staff();
        await Sql(app, """
            create function full_disk() returns trigger language plpgsql as $$ begin raise exception 'planted' using errcode = '53100'; end $$;
            create trigger full_disk before update or insert on write_probe execute function full_disk();
            create trigger full_disk before update or insert on requests execute function full_disk();
            """);
        await Refuses(app, staff, "disk full");
        await Sql(app, "drop function full_disk() cascade");
        await GoesOn(app, staff);
    }

    [Fact]
    public async Task A_full_disk_or_a_busy_file_under_SQLite_is_told_apart_and_over_when_it_is_over()
    {
        var (database, drop) = await TestDatabases.Create(DatabaseKind.Sqlite);
        await using (var connection = await database.Open(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "create table filler (b blob); pragma max_page_count = 1";
            await command.ExecuteNonQueryAsync();
            command.CommandText = "insert into filler values (zeroblob(1000000))";
            var full = await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync());
            Assert.Equal(DatabaseFault.DiskFull, database.Classify(full));
            command.CommandText = "pragma query_only = on";
            await command.ExecuteNonQueryAsync();
            command.CommandText = "update write_probe set written_at = 1";
            var readOnly = await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync());
            Assert.Equal(DatabaseFault.ReadOnly, database.Classify(readOnly));
            command.CommandText = "pragma query_only = off; pragma max_page_count = 1000000; update write_probe set written_at = 1";
            await command.ExecuteNonQueryAsync();
        }

        await drop();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Without_Redis_everything_is_answered_and_the_host_is_degraded(DatabaseKind database)
    {
        await using var redis = await RedisServer.Create();
        await redis.Kill();
        await using var app = await PhoenixApp.Start(database, redis: redis.Address);
        var staff = await app.Staff();
        (await staff.Put(Day, new { isWorking = false, note = "停电" })).Ok<CalendarDay>();
        var ready = (await app.Anyone.Get("/health/ready")).Ok<Health.Report>();
        Assert.Equal(("degraded", "degraded"), (ready.Status, ready.Checks["redis"].Status));
    }

    private static async Task Refuses(PhoenixApp app, TestCaller staff, string state)
    {
        (await staff.Put(Day, new { isWorking = false, note = "停电" })).Refused(HttpStatusCode.ServiceUnavailable, "system.read_only");
        (await app.Anyone.Get("calendar?from=2026-12-24&to=2026-12-24")).Ok<GetCalendar.Response>();
        Assert.Equal(("notReady", state), await DatabasePart(app));
    }

    private static async Task GoesOn(PhoenixApp app, TestCaller staff)
    {
        (await staff.Put(Day, new { isWorking = false, note = "停电" })).Ok<CalendarDay>();
        Assert.Equal(("ready", "takes writes"), await DatabasePart(app));
    }

    private static async Task<(string Status, string? State)> DatabasePart(PhoenixApp app)
    {
        var answer = await app.Anyone.Get("/health/ready");
        var part = answer.Json.GetProperty("checks").GetProperty("database");
        Assert.Equal(part.GetProperty("status").GetString() == "ready", answer.Status == HttpStatusCode.OK);
        return (part.GetProperty("status").GetString()!, part.GetProperty("state").GetString());
    }

    private static async Task Sql(PhoenixApp app, string sql)
    {
        var database = app.Services.GetRequiredService<Database>();
        await using (var connection = await database.Open(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }

        // Settings of a database reach new sessions only.
        if (database is PostgresDatabase postgres)
            postgres.Source.Clear();
    }
}
