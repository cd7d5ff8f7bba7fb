using System.Text.Json;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Tests.Support;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;

namespace Phoenix.Ledger.Tests.Faults;

/// <summary>
/// Goal: several processes on one PostgreSQL are one ledger. Method: two child processes are made ready, let go at once with the same orders, and what
/// each was answered is compared with the other's answers and with the journal.
/// </summary>
public sealed class TwoProcessTests(TestDatabases databases)
{
    private const int Same = 100;
    private const int Debits = 150;
    private const int Holds = 10;
    private const int Crossing = 100;

    /// <summary>What both processes are told.</summary>
    internal sealed record Orders(Guid RequestId, Guid Member, Guid Pool, Guid One, Guid Other, Guid Newcomer, long FirstHold, DateTimeOffset Now);

    /// <summary>What one process was answered.</summary>
    internal sealed record Answers(List<long> SameSeqs, int Gifts, Dictionary<string, int> GiftRefusals, List<int> Resolved, int Crossed);

    [Fact]
    public async Task Two_processes_on_one_PostgreSQL_give_one_outcome_of_each_thing()
    {
        await using var ledger = await TestLedger.On(databases, DatabaseKind.PostgreSql);
        var orders = await Prepare(ledger);
        var before = await ledger.Db.Scalar("select count(*) from ledger_postings");
        var children = Enumerable.Range(0, 2).Select(_ => ChildProcess.Start("race", DatabaseKind.PostgreSql, ledger.Db.Address, JsonSerializer.Serialize(orders))).ToArray();
        try
        {
            foreach (var child in children)
                _ = child.StandardOutput.ReadToEndAsync();
            foreach (var child in children)
                Assert.Equal("ready", await child.StandardError.ReadLineAsync());
            foreach (var child in children)
                await child.StandardInput.WriteLineAsync("go");
            var answers = await Task.WhenAll(children.Select(async c => JsonSerializer.Deserialize<Answers>((await c.StandardError.ReadLineAsync())!)!));

            Assert.Equal(2 * Same, answers.Sum(a => a.SameSeqs.Count));
            Assert.Single(answers.SelectMany(a => a.SameSeqs).Distinct());
            Assert.Equal(100, answers.Sum(a => a.Gifts));
            Assert.Equal([new Insufficient(3).Code], answers.SelectMany(a => a.GiftRefusals.Keys).Distinct());
            Assert.Equal(Enumerable.Range(0, Holds), answers.SelectMany(a => a.Resolved).Order());
            Assert.Equal(2 * Crossing, answers.Sum(a => a.Crossed));
        }
        finally
        {
            foreach (var child in children)
            {
                child.Kill();
                await child.WaitForExitAsync();
                child.Dispose();
            }
        }

        var report = await Exports.Prove(ledger.Db, ledger.Time);
        Assert.Equal(before + 1 + 100 + Holds + 2 * Crossing, report.Postings);
        Assert.Equal((300L, 2000L), (report.Sum(Asset.Coin, AccountKind.Pool), report.Sum(Asset.Fen, AccountKind.Cash)));
        Assert.Equal(Holds, await ledger.Db.Scalar("select count(*) from ledger_hold_resolutions"));
    }

    /// <summary>What a child does: says that it is ready, waits for the word, sends everything at once, tells what it was answered.</summary>
    internal static async Task Race(Database database, string text)
    {
        var orders = JsonSerializer.Deserialize<Orders>(text)!;
        await using var poster = TestLedger.NewPoster(database, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(orders.Now));
        await Console.Error.WriteLineAsync("ready");
        await Console.In.ReadLineAsync();
        var ids = new SeededBytes(Environment.ProcessId);
        Task<Result<Posted>> Post(Guid id, LedgerCommand command) => poster.Post(new LedgerRequest(TestLedger.Community, id, Guid.Empty, "race", command), CancellationToken.None);

        var same = Enumerable.Range(0, Same).Select(_ => Post(orders.RequestId, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(orders.Newcomer, TestLedger.YearEnd), 25))).ToArray();
        var gifts = Enumerable.Range(0, Debits).Select(_ => Post(ids.NewGuid(), new Move(PostingKind.Gift, AccountKey.Lots(orders.Member), AccountKey.Pool(orders.Pool), 3))).ToArray();
        var holds = Enumerable.Range(0, Holds).SelectMany(h => Enumerable.Range(0, 6).Select(i => (Hold: h, Done: Post(ids.NewGuid(), i % 2 == 0 ? new CaptureHold(orders.FirstHold + h) : new ReleaseHold(orders.FirstHold + h))))).ToArray();
        var (one, other) = (new AccountKey(AccountKind.Cash, orders.One, Asset.Fen), new AccountKey(AccountKind.Cash, orders.Other, Asset.Fen));
        var crossing = Enumerable.Range(0, Crossing).Select(i => Post(ids.NewGuid(), i % 2 == 0 ? new Move(PostingKind.Transfer, one, other, 1) : new Move(PostingKind.Transfer, other, one, 1))).ToArray();

        await Task.WhenAll([.. same, .. gifts, .. holds.Select(h => h.Done), .. crossing]);
        var answers = new Answers(
            [.. same.Select(t => t.Result.Value.First.Seq)],
            gifts.Count(t => t.Result.IsOk),
            gifts.Where(t => !t.Result.IsOk).GroupBy(t => t.Result.Error!.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            [.. holds.Where(h => h.Done.Result.IsOk).Select(h => h.Hold)],
            crossing.Count(t => t.Result.IsOk));
        await Console.Error.WriteLineAsync(JsonSerializer.Serialize(answers));
        await Console.In.ReadLineAsync();
    }

    private static async Task<Orders> Prepare(TestLedger ledger)
    {
        var orders = new Orders(ledger.NewId(), ledger.NewId(), ledger.NewId(), ledger.NewId(), ledger.NewId(), ledger.NewId(), 0, TestLedger.Start);
        await ledger.Issue(orders.Member, 300);
        foreach (var account in (Guid[])[orders.One, orders.Other])
            await ledger.Done(new Move(PostingKind.Transfer, AccountKey.Of(AccountKind.External, Asset.Fen), new AccountKey(AccountKind.Cash, account, Asset.Fen), 1000));
        var holder = ledger.NewId();
        await ledger.Issue(holder, 100);
        var holds = new List<long>();
        for (var i = 0; i < Holds; i++)
            holds.Add((await ledger.Done(new PlaceHold(holder, AccountKey.Merchant(orders.Pool), 10, TestLedger.Start.AddHours(1)))).First.Seq);
        return orders with { FirstHold = holds[0] };
    }
}
