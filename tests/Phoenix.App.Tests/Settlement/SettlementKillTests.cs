using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Redemption;
using Phoenix.App.Settlement;
using Phoenix.App.Settlement.Confirming;
using Phoenix.App.Settlement.Payouts;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Redemption;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Settlement;

/// <summary>
/// Goal: killed at any moment, closing and paying come to the same end, nothing twice and nothing lost. Method: this test program once more as a process of its
/// own that closes three months and pays them, killed (SIGKILL) after a few events, again and again; whoever comes next begins from the start with the same request ids.
/// </summary>
public sealed class SettlementKillTests
{
    private const string Order = "PHOENIX_SETTLEMENT_CHILD";
    private static readonly DateTimeOffset s_later = new(2027, 2, 1, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Closing_and_paying_killed_at_any_moment_come_to_the_same_end(DatabaseKind kind)
    {
        if (Environment.GetEnvironmentVariable(Order) is { Length: > 0 } order)
        {
            await Child(order.Split('\t'));
            return;
        }

        var (database, drop) = await TestDatabases.Create(kind);
        var people = await Seed(kind, database);
        foreach (var killAfter in (int[])[1, 2, 4, 9, 13])
            await RunChild(database, people, killAfter);
        await using (var app = await PhoenixApp.Start(kind, at: s_later, database: database, customize: b => OwnIds(b, 99)))
        {
            await Script(app, people, _ => { });
            var statements = await app.Read(1, db => db.Set<Statement>().AsNoTracking().ToListAsync());
            Assert.Equal(6, statements.Count);
            Assert.All(statements, s => Assert.Equal(StatementState.Closed, s.State));
            var (lines, exchanges) = await app.Read(1, async db => (await db.Set<StatementLine>().CountAsync(l => l.Kind == LineKind.Capture), await db.Set<Phoenix.App.Redemption.Exchange.RedemptionRow>().CountAsync()));
            Assert.Equal((9, 9), (lines, exchanges));
            var reads = app.Services.GetRequiredService<LedgerReads>();
            Assert.Equal(8 * 18 + 13, await reads.Balance(1, AccountKey.Of(AccountKind.Settled), CancellationToken.None));
            Assert.Equal(1_000_000 - (8 * 18 + 13) * 50, await reads.Balance(1, AccountKey.Of(AccountKind.Cash, Asset.Fen), CancellationToken.None));
            // Each merchant was told of each statement once, in however many runs.
            await app.Sweep("outbox.relay");
            Assert.Equal(6, await app.Read(1, db => db.Set<InboxMessage>().CountAsync(m => m.Kind == NoticeKind.StatementReady)));
            await app.Sweep("books.reconcile");
            Assert.Null(await app.Read(1, db => db.Set<BookCheckRow>().OrderByDescending(c => c.Date).Select(c => c.Fault).FirstAsync()));
        }

        await drop();
    }

    /// <summary>Two shops, three months with exchanges, one refund.</summary>
    private static async Task<string[]> Seed(DatabaseKind kind, Database database)
    {
        var books = await Books.Open(kind, own: database);
        await books.GivePayee();
        var nil = await MerchantTests.Shop.Open(books.App, "永安超市");
        await Market.Sign(nil, new { fenPerCoin = 50, fundSharePercent = 100, startsOn = "2026-11-30", paper = "凤凰-2026-9" });
        var first = await books.Exchange(3);
        books.GoTo("2026-12-15", "12:00:00");
        await books.Refund(first[0], 5);
        await books.Exchange(3);
        books.GoTo("2027-01-15", "12:00:00");
        await books.Exchange(3);
        string[] people = [.. new[] { books.Owner, books.App.Fresh(nil.Owner), books.Treasurer, books.Checker }.Select(c => $"{c.PersonId}/{c.SessionId}")];
        await books.DisposeAsync();
        return people;
    }

    /// <summary>Everything from the closing to the end, each step with a request id of its own; run again it goes on.</summary>
    private static async Task Script(PhoenixApp app, string[] people, Action<string> say)
    {
        await app.Sweep("settlement.close");
        say("closed");
        TestCaller As(int who) => app.Anyone.With(app.Services.GetRequiredService<AccessTokens>().Issue(Guid.Parse(people[who].Split('/')[0]), Guid.Parse(people[who].Split('/')[1])));
        static Guid Step(string step, Guid id) => RequestIds.Of(1, $"kill-test:{step}:{id:N}");
        var statements = await app.Read(1, db => db.Set<Statement>().AsNoTracking().OrderBy(s => s.Period).ThenBy(s => s.Id).ToListAsync());
        foreach (var statement in statements)
        {
            var owner = statement.Captures > 0 ? As(0) : As(1);
            (await owner.Post($"statements/{statement.Id}/confirmation", null, Step("confirm", statement.Id))).Ok<ConfirmStatement.Response>();
            say("confirmed");
            if (statement.Captures == 0)
                continue;
            var prepared = (await As(2).Post("payouts", new { statements = new[] { statement.Id }, payer = "双流区社区发展基金会" }, Step("prepare", statement.Id))).Ok<PreparePayout.Response>();
            (await As(3).Post($"approvals/{prepared.ApprovalId}/decision", new { approve = true }, Step("approve", statement.Id))).Ok<ListApprovals.Item>();
            say("approved");
            (await As(2).Post($"payouts/{prepared.Id}/submission", null, Step("submit", statement.Id))).Ok<MovePayout.Response>();
            var payment = new { payments = new[] { new { statementId = statement.Id, isPaid = true, bankReference = "回单0001", paidOn = "2027-02-01" } } };
            (await As(2).Post($"payouts/{prepared.Id}/payments", payment, Step("pay", statement.Id))).Ok<RecordPayments.Response>();
            say("paid");
            (await As(2).Post($"payouts/{prepared.Id}/closing", null, Step("close", statement.Id))).Ok<MovePayout.Response>();
        }
    }

    private static async Task Child(string[] order)
    {
        Database database = order[0] is nameof(DatabaseKind.Sqlite) ? new SqliteDatabase(order[1]) : PostgresDatabase.Create(order[1]);
        await using var output = Console.OpenStandardError();
        void Say(string line) => output.Write(System.Text.Encoding.ASCII.GetBytes($"event {line}\n"));
        var app = await PhoenixApp.Start(database.Kind, at: s_later, database: database, redis: order[2], customize: b =>
        {
            OwnIds(b, int.Parse(order[3], System.Globalization.CultureInfo.InvariantCulture) + 10);
            var inner = b.Services.Last(s => s.ServiceType == typeof(IExchangeLines)).ImplementationType!;
            b.Services.Replace(ServiceDescriptor.Scoped<IExchangeLines>(s => new Telling((IExchangeLines)ActivatorUtilities.CreateInstance(s, inner), Say)));
        });
        await Script(app, order[4..], Say);
    }

    // The keys are the community's, so that a retry is known again; ids never come twice.
    private static void OwnIds(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder, int seed) => builder.Services.Replace(ServiceDescriptor.Singleton<IIds>(s => new SeededIds(seed, s.GetRequiredService<Clock>())));

    private static async Task RunChild(Database database, string[] people, int killAfter)
    {
        var address = database is SqliteDatabase file ? file.Path : new NpgsqlConnectionStringBuilder(await SharedServers.Postgres()) { Database = new NpgsqlConnectionStringBuilder(((PostgresDatabase)database).Source.ConnectionString).Database, MaxPoolSize = 8 }.ConnectionString;
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) is "dotnet")
            start.ArgumentList.Add(typeof(SettlementKillTests).Assembly.Location);
        foreach (var part in (string[])["--filter-method", $"{typeof(SettlementKillTests).FullName}.{nameof(Closing_and_paying_killed_at_any_moment_come_to_the_same_end)}"])
            start.ArgumentList.Add(part);
        start.Environment[Order] = string.Join((char)9, [database.Kind.ToString(), address, await SharedServers.Redis(), $"{killAfter}", .. people]);
        using var child = Process.Start(start)!;
        var printed = child.StandardOutput.ReadToEndAsync();
        var told = 0;
        while (await child.StandardError.ReadLineAsync() is { } line)
            if (line.StartsWith("event ", StringComparison.Ordinal) && ++told == killAfter)
                child.Kill();
        await child.WaitForExitAsync();
        Assert.True(told >= killAfter, $"the child ended by itself after {told}: {await printed}");
    }

    /// <summary>Says when a month is begun, so that the kill falls into it.</summary>
    private sealed class Telling(IExchangeLines inner, Action<string> say) : IExchangeLines
    {
        public Task<Month?> First(CancellationToken cancel) => inner.First(cancel);

        public Task<IReadOnlyDictionary<Guid, MerchantTerms>> Terms(IReadOnlyCollection<Guid> agreementIds, CancellationToken cancel) => inner.Terms(agreementIds, cancel);

        public async Task<IReadOnlyList<DisputedExchange>> Disputed(IReadOnlyCollection<Guid> merchantIds, CancellationToken cancel)
        {
            say("lines");
            return await inner.Disputed(merchantIds, cancel);
        }

        public async Task<IReadOnlyList<Guid>> Merchants(Month month, CancellationToken cancel)
        {
            say("month");
            return await inner.Merchants(month, cancel);
        }
    }
}
