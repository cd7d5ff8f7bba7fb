using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Phoenix.App.Community;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Tests.Cli;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Platform.Redis;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Hosting;

/// <summary>Production as its own processes: refuses what is wrong, runs as two nodes, answers what it accepted before it stops, and logs no person.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ProductionTests(ProductionFixture production) : IClassFixture<ProductionFixture>
{
    // The child has the machine's clock, and a day is declared at most two years ahead.
    private static readonly string Day = $"calendar/entries/{CommunityTime.Shanghai.DayOf(new Clock(TimeProvider.System).Now).AddDays(30):yyyy-MM-dd}";

    [Fact]
    public async Task An_unmigrated_database_and_the_tables_owner_are_refused_and_migrating_twice_does_nothing()
    {
        Assert.StartsWith("Applied ", production.Migrated[0], StringComparison.Ordinal);
        Assert.Equal("The database is up to date.", production.Migrated[1]);
        var environment = await production.Environment();
        environment["PHOENIX_POSTGRES"] = production.As("phoenix_serve", "unmigrated");
        Assert.Contains("run: phoenix migrate", StartRefusalTests.Refused(await ChildHost.Run(["serve"], environment)), StringComparison.Ordinal);
        environment["PHOENIX_POSTGRES"] = production.As("phoenix_owner");
        Assert.Contains("owner", StartRefusalTests.Refused(await ChildHost.Run(["serve"], environment)), StringComparison.Ordinal);
        environment["PHOENIX_POSTGRES"] = production.As("no_such_role");
        Assert.Contains("no_such_role", StartRefusalTests.Refused(await ChildHost.Run(["migrate"], environment)), StringComparison.Ordinal);
        Assert.Contains("--seed", StartRefusalTests.Refused(await ChildHost.Run(["serve", "--seed"], await production.Environment())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_nodes_share_the_work_and_one_that_stops_answers_what_it_accepted()
    {
        await using var one = ChildHost.Start(["serve"], await production.Environment());
        await using var two = ChildHost.Start(["serve"], await production.Environment());
        using var first = await one.Ready(r => r.Status == "ready" && r.Checks["jobs"].State == "2 at work");
        using var second = await two.Ready(r => r.Status == "ready");
        Assert.Equal(await SweepNames(), await Registered());
        using (var simulator = await first.GetAsync(new Uri("/simulator/control/state", UriKind.Relative), Cancel))
            Assert.Equal(System.Net.HttpStatusCode.NotFound, simulator.StatusCode);

        const string Name = "张三丰";
        const string Phone = "13912345678";
        var staff = await ChildHost.Staff(first, production.Database, production.KeysFile);
        (await staff.Put(Day, new { isWorking = false, note = $"{Name} {Phone}" })).Ok<CalendarDay>();
        await staff.Get($"calendar?from={Phone}&to={Name}");
        await staff.Get($"calendar/entries/{Phone}/{Name}");
        var other = await ChildHost.Staff(second, production.Database, production.KeysFile);
        Assert.Contains((await other.Get("calendar/entries")).Ok<Page<ListCalendarEntries.Item>>().Items, i => i.Note.StartsWith(Name, StringComparison.Ordinal));

        await StopsGracefully(one, staff);
        (await other.Get("calendar/entries")).Ok<Page<ListCalendarEntries.Item>>();
        await two.Terminate();
        Assert.Equal(0, await two.Exit());
        foreach (var line in one.Output.Concat(two.Output))
        {
            JsonDocument.Parse(line).Dispose();
            foreach (var secret in (string[])[Name, Phone, Uri.EscapeDataString(Name), staff.Token!, other.Token!, staff.PersonId.ToString("N"), staff.PersonId.ToString()])
                Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase);
        }

        // A community that nobody runs yet gets one setup code, whichever node was first; nothing else is said.
        Assert.StartsWith("Setup code of community 1, for 24 hours, once: ", Assert.Single(one.Errors.Concat(two.Errors)), StringComparison.Ordinal);
    }

    private async Task StopsGracefully(ChildHost node, TestCaller staff)
    {
        var address = await node.Listening();
        await using var holder = (NpgsqlConnection)await production.Database.Open(Cancel);
        await using var holding = await holder.BeginTransactionAsync(Cancel);
        await Run(holder, "lock table calendar_entries in access exclusive mode");
        var waiting = staff.Put(Day, new { isWorking = true, note = "改回" });
        await Gates.Until(async () => (long)(await Scalar("select count(*) from pg_stat_activity where datname = 'phoenix' and usename = 'phoenix_serve' and wait_event_type = 'Lock'"))! > 0);
        await node.Terminate();
        await Gates.Until(() => IsRefused(address));
        Assert.False(waiting.IsCompleted);
        await holding.CommitAsync(Cancel);
        (await waiting).Ok<CalendarDay>();
        Assert.Equal(0, await node.Exit());
    }

    private static async Task<bool> IsRefused(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, Cancel);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task<List<string>> SweepNames()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        using var scope = app.Services.CreateScope();
        var names = scope.ServiceProvider.GetServices<ISweep>().Select(s => s.Name).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
        return names;
    }

    // A sweep whose cron expression is no good is never registered.
    private async Task<List<string>> Registered()
    {
        await using var command = production.Database.Source.CreateCommand("select value from hangfire.set where key = 'recurring-jobs' order by value collate \"C\"");
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var names = new List<string>();
        while (await reader.ReadAsync(Cancel))
            names.Add(reader.GetString(0));
        return names;
    }

    private async Task<object?> Scalar(string sql)
    {
        await using var command = production.Database.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancel);
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
