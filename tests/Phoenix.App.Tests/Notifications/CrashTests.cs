using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Phoenix.App.Community;
using Phoenix.App.Notifications.Consents;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Results;

namespace Phoenix.App.Tests.Notifications;

/// <summary>
/// Goal: whatever dies in the middle of sending, no message is lost, none goes twice but the one whose answer reached nobody, and each consent is spent once.
/// Method: a node that hangs between WeChat's answer and the commit; and this test program once more as a process of its own, killed (SIGKILL) while it relays.
/// </summary>
public sealed class CrashTests
{
    private const string Order = "PHOENIX_APP_CHILD";
    private const int Readers = 40;
    private const int KillAfter = 7;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_node_cut_off_after_the_answer_is_followed_by_another_and_changes_nothing_when_it_comes_back(DatabaseKind kind)
    {
        var (database, drop) = await TestDatabases.Create(kind);
        await using (var app = await Posting.Start(kind, database: database))
        await using (var cut = await Posting.Start(kind, database: database))
        {
            var (first, second) = (await app.Reader("T-hours", 5), await app.Reader("T-hours", 5));
            await app.Tell(first, "1", Samples.Record);
            await app.Tell(second, "1", Samples.Record);
            var (answered, back) = (new TaskCompletionSource(), new TaskCompletionSource<Error?>());
            cut.WeChat.OnSend = _ => { answered.TrySetResult(); return back.Task; };
            var hanging = cut.Relay();
            await answered.Task;

            // While its claim holds nobody else sends; then the other node does, the message in doubt as well as the rest of its batch.
            await app.Relay();
            Assert.Empty(app.WeChat.Sent);
            app.Time.Advance(OutboxLimits.Lease);
            await app.Relay();
            Assert.Equal([Posting.OpenIdOf(first), Posting.OpenIdOf(second)], app.WeChat.Sent.Select(m => m.OpenId).Order(StringComparer.Ordinal));
            Assert.Equal((4, 4), (await app.Consents(first, "T-hours"), await app.Consents(second, "T-hours")));

            back.SetResult(null);
            await hanging;
            Assert.Single(cut.WeChat.Sent);
            Assert.Equal((4, 4), (await app.Consents(first, "T-hours"), await app.Consents(second, "T-hours")));
            Assert.Equal([DeliveryState.Sent], await app.Deliveries(first));
            Assert.Equal([DeliveryState.Sent], await app.Deliveries(second));
        }

        await drop();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_killed_process_loses_no_message_and_repeats_only_the_one_in_hand(DatabaseKind kind)
    {
        if (Environment.GetEnvironmentVariable(Order) is { Length: > 0 } order)
        {
            await Relay(order.Split('\t'));
            return;
        }

        var (database, drop) = await TestDatabases.Create(kind);
        await using (var app = await Posting.Start(kind, database: database))
        {
            for (var i = 0; i < Readers; i++)
                await app.Tell(await app.Reader("T-hours"), "1", Samples.Record);
            var before = await RunChild(database);
            Assert.InRange(before.Count, KillAfter, Readers - 1);

            app.Time.Advance(OutboxLimits.Lease);
            await app.Relay();
            var after = app.WeChat.Sent.Select(m => m.OpenId).ToList();
            Assert.Equal(Readers, before.Concat(after).Distinct(StringComparer.Ordinal).Count());
            Assert.InRange(before.Count + after.Count, Readers, Readers + 1);
            Assert.All(before.Intersect(after, StringComparer.Ordinal), twice => Assert.Equal(before[^1], twice));
            Assert.Equal((0, Readers), await app.Read(Seeding.CommunityId, async db => (
                await db.Set<MessageConsent>().SumAsync(c => c.Balance), await db.Set<InboxMessage>().CountAsync(m => m.Delivery == DeliveryState.Sent))));
            Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<OutboxMessage>().CountAsync(m => m.DoneAt == null)));
        }

        await drop();
    }

    /// <summary>What the child does until it is killed: relays, and says after each message that WeChat has it.</summary>
    private static async Task Relay(string[] order)
    {
        Database database = order[0] is nameof(DatabaseKind.Sqlite) ? new SqliteDatabase(order[1]) : PostgresDatabase.Create(order[1]);
        await using var app = await PhoenixApp.Start(database.Kind, database: database, redis: order[2], weChat: new FakeWeChat { AccountTemplates = Posting.Account });
        await app.TemplatesChecked();
        await using var output = Console.OpenStandardError();
        app.WeChat.OnSend = message =>
        {
            output.Write(System.Text.Encoding.ASCII.GetBytes($"sent {message.OpenId}\n"));
            return Task.FromResult<Error?>(null);
        };
        await app.Relay();
    }

    private static async Task<List<string>> RunChild(Database database)
    {
        var address = database is SqliteDatabase file ? file.Path : new NpgsqlConnectionStringBuilder(await SharedServers.Postgres()) { Database = new NpgsqlConnectionStringBuilder(((PostgresDatabase)database).Source.ConnectionString).Database, MaxPoolSize = 5 }.ConnectionString;
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) is "dotnet")
            start.ArgumentList.Add(typeof(CrashTests).Assembly.Location);
        foreach (var part in (string[])["--filter-method", $"{typeof(CrashTests).FullName}.{nameof(A_killed_process_loses_no_message_and_repeats_only_the_one_in_hand)}"])
            start.ArgumentList.Add(part);
        start.Environment[Order] = string.Join((char)9, database.Kind, address, await SharedServers.Redis());
        using var child = Process.Start(start)!;
        var printed = child.StandardOutput.ReadToEndAsync();
        var sent = new List<string>();
        while (await child.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["sent", var openId])
                sent.Add(openId);
            if (sent.Count == KillAfter)
                child.Kill();
        }

        await child.WaitForExitAsync();
        Assert.True(sent.Count >= KillAfter, $"the child ended by itself after {sent.Count}: {await printed}");
        return sent;
    }
}
