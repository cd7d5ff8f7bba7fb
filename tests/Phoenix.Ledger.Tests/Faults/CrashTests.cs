using System.Globalization;
using System.Text;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Journal;
using Phoenix.Ledger.Tests.Support;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.Ledger.Tests.Faults;

/// <summary>
/// Goal: what was acknowledged is there, once, as acknowledged; nothing else is half there. Method: a child process under load is killed
/// (SIGKILL) after a seeded number of acknowledgements, again and again on one database; then everything is compared and proved.
/// </summary>
public sealed class CrashTests(TestDatabases databases)
{
    public static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("PHOENIX_SOAK_ROUNDS"), out var rounds) ? rounds : 3;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Everything_acknowledged_survives_a_killed_process(DatabaseKind kind)
    {
        await using var db = kind == DatabaseKind.Sqlite
            ? await TestDatabases.NewSqlite(Path.Combine(Directory.CreateTempSubdirectory("phoenix-crash-").FullName, "ledger.db"), SqliteSynchronous.Full)
            : await databases.New(kind);
        await using (var poster = TestLedger.NewPoster(db.Database, TimeProvider.System))
            await poster.OpenCommunity(TestLedger.Community, CancellationToken.None);
        var seeded = new SeededBytes(42);
        var acknowledged = new Dictionary<Guid, (long Seq, long Amount)>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (id, seq, amount) in await RunChild(kind, db.Address, round, killAfter: 1 + seeded.Next(400)))
                Assert.True(acknowledged.TryAdd(id, (seq, amount)));
            await Check(db, acknowledged);
        }
    }

    /// <summary>What the child does until it is killed.</summary>
    internal static async Task Load(Database database, int round)
    {
        await using var poster = TestLedger.NewPoster(database, TimeProvider.System);
        // The runner writes to standard output, so acknowledgements go the other way.
        await using var output = Console.OpenStandardError();
        await Task.WhenAll(Enumerable.Range(0, 24).Select(caller => Task.Run(async () =>
        {
            var ids = new SeededBytes(round * 1000 + caller);
            var (member, merchant) = (ids.NewGuid(), AccountKey.Merchant(ids.NewGuid()));
            var day = DateOnly.FromDateTime(new Clock(TimeProvider.System).Now.UtcDateTime.AddDays(100));
            for (var i = 0; i < 10_000; i++)
            {
                var amount = 1 + ids.Next(50);
                var request = new LedgerRequest(TestLedger.Community, ids.NewGuid(), member, "crash",
                [
                    new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, day), amount) { Reason = "压力" },
                    new PlaceHold(member, merchant, amount, new Clock(TimeProvider.System).Now.AddDays(1)),
                    new CaptureHold(-2),
                ]);
                var posted = (await poster.Post(request, CancellationToken.None)).Value;
                var line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"ack {request.RequestId} {posted.First.Seq} {amount}\n"));
                lock (output)
                    output.Write(line);
            }
        })));
    }

    private static async Task<IReadOnlyList<(Guid Id, long Seq, long Amount)>> RunChild(DatabaseKind kind, string address, int round, int killAfter)
    {
        using var child = ChildProcess.Start("crash", kind, address, round.ToString(CultureInfo.InvariantCulture));
        var printed = child.StandardOutput.ReadToEndAsync();
        var acknowledged = new List<(Guid, long, long)>();
        while (await child.StandardError.ReadLineAsync() is { } line)
        {
            // A line cut by the kill was never read as an acknowledgement.
            if (line.Split(' ') is ["ack", var id, var seq, var amount])
                acknowledged.Add((Guid.Parse(id), long.Parse(seq, CultureInfo.InvariantCulture), long.Parse(amount, CultureInfo.InvariantCulture)));
            if (acknowledged.Count == killAfter)
                child.Kill();
        }

        await child.WaitForExitAsync();
        Assert.True(acknowledged.Count >= killAfter, $"the child ended by itself after {acknowledged.Count}: {await printed}");
        return acknowledged;
    }

    private static async Task Check(TestDatabase db, Dictionary<Guid, (long Seq, long Amount)> acknowledged)
    {
        var report = await Exports.Prove(db, TimeProvider.System);
        var found = new Dictionary<Guid, List<JournalPosting>>();
        await foreach (var posting in new JournalReader(db.Database).Read(TestLedger.Community, 0, report.Postings, withTexts: true, CancellationToken.None))
        {
            if (!found.TryGetValue(posting.RequestId, out var postings))
                found.Add(posting.RequestId, postings = []);
            postings.Add(posting);
        }

        foreach (var (id, (seq, amount)) in acknowledged)
        {
            var postings = found[id];
            Assert.Equal([seq, seq + 1, seq + 2], postings.Select(p => p.Seq));
            Assert.All(postings, p => Assert.Equal(amount, Assert.Single(p.Legs).Amount));
        }

        Assert.All(found.Values, postings => Assert.Equal(3, postings.Count));
        Assert.Equal(0, await db.Scalar("select count(*) from ledger_legs l where not exists (select 1 from ledger_postings p where p.community = l.community and p.seq = l.seq)"));
        Assert.Equal(report.Postings / 3, await db.Scalar("select count(*) from ledger_hold_resolutions"));
        Assert.Equal(report.Postings / 3, await db.Scalar("select count(*) from ledger_texts"));
    }
}
