using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Identity;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Outbox;

namespace Phoenix.App.Tests.Redemption;

/// <summary>
/// Goal: what people were answered is there as it was answered, and nothing else is half there. Method: this test program once more as a process of its own,
/// killed (SIGKILL) while members hold, clerks hand over, scan and give back; then everything is compared, sent again, and audited.
/// </summary>
public sealed class KillTests
{
    private const string Order = "PHOENIX_REDEMPTION_CHILD";
    private const int Members = 12;

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 25)]
    [InlineData(DatabaseKind.PostgreSql, 40)]
    public async Task Every_answered_exchange_survives_a_killed_process_and_can_be_sent_again(DatabaseKind kind, int killAfter)
    {
        if (Environment.GetEnvironmentVariable(Order) is { Length: > 0 } order)
        {
            await Load(order.Split('\t'));
            return;
        }

        var (database, drop) = await TestDatabases.Create(kind);
        var told = await RunChild(database, killAfter);
        await using (var app = await PhoenixApp.Start(kind, database: database, seed: 2))
        {
            var rows = await app.Read(1, db => db.Set<RedemptionRow>().AsNoTracking().ToDictionaryAsync(r => r.Id));
            var held = told.Where(l => l[0] == "held").ToList();
            Assert.True(held.Count >= killAfter / 4, $"Only {held.Count} were held.");
            Assert.All(held, l => Assert.Equal(l[2], rows[Guid.Parse(l[1])].Number.ToString(CultureInfo.InvariantCulture)));
            Assert.All(told.Where(l => l[0] == "ended"), l => Assert.Equal(l[2], rows[Guid.Parse(l[1])].State.ToString()));
            Assert.All(told.Where(l => l[0] == "back"), l => Assert.Equal(rows[Guid.Parse(l[1])].Coins, rows[Guid.Parse(l[1])].RefundedCoins));

            // The phone that never got its answer asks again, and everybody who got one gets the same.
            foreach (var line in held.Take(10))
            {
                var caller = app.Anyone.With(app.Services.GetRequiredService<AccessTokens>().Issue(Guid.Parse(line[3]), Guid.Parse(line[4])));
                var again = await caller.Post("redemptions", new { offerId = line[5], version = 1, quantity = 1, isAtTill = false }, Guid.Parse(line[1]));
                Assert.Equal(line[2], again.Ok<HoldOffer.Response>().Number.ToString(CultureInfo.InvariantCulture));
            }

            Assert.Equal(rows.Count, await app.Read(1, db => db.Set<OutboxMessage>().CountAsync(m => m.DedupeKey.EndsWith(":Held") || m.DedupeKey.EndsWith(":Captured"))) - rows.Values.Count(r => r.State == RedemptionState.Captured && r.Channel == RedemptionChannel.Home));
            await app.Sweep("books.reconcile");
            Assert.Null((await app.Read(1, db => db.Set<BookCheckRow>().SingleAsync())).Fault);
        }

        await drop();
    }

    /// <summary>What the child does until it is killed, saying what it was answered.</summary>
    private static async Task Load(string[] order)
    {
        Database database = order[0] is nameof(DatabaseKind.Sqlite) ? new SqliteDatabase(order[1]) : PostgresDatabase.Create(order[1]);
        var app = await PhoenixApp.Start(database.Kind, database: database, redis: order[2]);
        var market = await Market.Open(app, Market.Lunch(coins: 1, from: "00:00:00"));
        await market.Pin();
        var clerk = await market.Clerk();
        var members = new List<TestCaller>();
        for (var i = 0; i < Members; i++)
            members.Add((await market.Member(1000, $"居民{i}")).Caller);
        await using var output = Console.OpenStandardError();
        var gate = new Lock();
        void Say(string line)
        {
            lock (gate)
                output.Write(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
        }

        await Task.WhenAll(members.Select((member, n) => Task.Run(async () =>
        {
            var phone = await market.Phone(member);
            for (var i = 0; i < 20; i++)
            {
                var held = (await market.Hold(member)).Ok<HoldOffer.Response>();
                Say($"held {held.Id} {held.Number} {member.PersonId} {member.SessionId} {market.Offer}");
                var end = ((n + i) % 3 == 0 ? await market.Refuse(clerk, held.Id) : await market.HandOver(clerk, held.Id)).Ok<EndRedemption.Response>();
                Say($"ended {end.Id} {end.State}");
                if (i == 0)
                    Say($"ended {(await market.Scan(clerk, market.MyCode(phone))).Ok<TillItem>().Id} Captured");
                if (end.State == RedemptionState.Captured && i % 2 == 0)
                {
                    (await clerk.Post($"merchants/{market.Shop.Id}/redemptions/{end.Id}/undo")).Ok<RefundRedemption.Response>();
                    Say($"back {end.Id}");
                }
            }
        })));
    }

    private static async Task<List<string[]>> RunChild(Database database, int killAfter)
    {
        var address = database is SqliteDatabase file ? file.Path : new NpgsqlConnectionStringBuilder(await SharedServers.Postgres()) { Database = new NpgsqlConnectionStringBuilder(((PostgresDatabase)database).Source.ConnectionString).Database, MaxPoolSize = 8 }.ConnectionString;
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) is "dotnet")
            start.ArgumentList.Add(typeof(KillTests).Assembly.Location);
        foreach (var part in (string[])["--filter-method", $"{typeof(KillTests).FullName}.{nameof(Every_answered_exchange_survives_a_killed_process_and_can_be_sent_again)}"])
            start.ArgumentList.Add(part);
        start.Environment[Order] = string.Join((char)9, database.Kind, address, await SharedServers.Redis());
        using var child = Process.Start(start)!;
        var printed = child.StandardOutput.ReadToEndAsync();
        var told = new ConcurrentQueue<string[]>();
        while (await child.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["held" or "ended" or "back", ..] parts)
                told.Enqueue(parts);
            if (told.Count == killAfter)
                child.Kill();
        }

        await child.WaitForExitAsync();
        Assert.True(told.Count >= killAfter, $"the child ended by itself after {told.Count}: {await printed}");
        return [.. told];
    }
}
