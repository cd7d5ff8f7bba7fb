using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Journal;
using Phoenix.Ledger.Tests.Support;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Tests.Model;

/// <summary>Goal: the auditor that the histories rely on isn't blind. Method: a good journal with one fault of each kind planted in it.</summary>
public sealed class PlantedFaultTests(TestDatabases databases)
{
    private delegate JournalPosting[] Plant(JournalPosting[] journal);

    private static readonly Dictionary<string, Plant> s_faults = new(StringComparer.Ordinal)
    {
        ["a leg's amount"] = j => Leg(j, 2, 0, l => l with { Amount = l.Amount + 1 }),
        ["a balance after"] = j => Leg(j, 2, 0, l => l with { FromAfter = l.FromAfter - 1 }),
        ["the other balance after"] = j => Leg(j, 2, 0, l => l with { ToAfter = l.ToAfter + 1 }),
        ["the posting before"] = j => Leg(j, 2, 0, l => l with { FromPrev = l.FromPrev + 1 }),
        ["another account"] = j => Leg(j, 2, 0, l => l with { To = l.To + 1 }),
        ["an account that was never opened"] = j => Leg(j, 2, 0, l => l with { To = 99 }),
        ["a leg more"] = j => Change(j, 3, p => p.Legs.Add(p.Legs[0])),
        ["a leg less"] = j => Change(j, 3, p => p.Legs.RemoveAt(1)),
        ["a posting left out"] = j => [.. j[..2], .. j[3..]],
        ["two postings exchanged"] = j => [.. j[..2], j[3], j[2], .. j[4..]],
        ["a posting twice"] = j => [.. j[..3], j[2], .. j[3..]],
        ["a stamp before the one before"] = j => Change(j, 2, p => p, atMs: j[1].AtMs - 1),
        ["a hold captured by another kind"] = j => Change(j, 3, p => p, kind: PostingKind.ExpireHold),
        ["a capture of a hold that isn't"] = j => Change(j, 3, p => p.Subject = 2),
        ["a hold captured twice"] = j => [.. j, Copy(j[3], seq: j.Length + 1)],
        ["a refund over what was captured"] = j => [.. j, Copy(j[4], seq: j.Length + 1), Copy(j[4], seq: j.Length + 2), Copy(j[4], seq: j.Length + 3)],
        ["a reversal of a reversal"] = j => [.. j, Copy(j[5], seq: j.Length + 1)],
        ["a hidden shortfall"] = j => Change(j, 5, p => p.Shortfall = 0),
        ["a part missing of linked postings"] = j => j[..^1],
        ["a lot opened with a floor below zero"] = j => Change(j, 0, p => p.Opened[1] = p.Opened[1] with { Floor = -5 }),
    };

    public static TheoryData<string> Faults() => [.. s_faults.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_planted_fault_is_caught(string fault)
    {
        var good = await Journal();
        Assert.Null(Judge(good));
        Assert.NotNull(Judge(s_faults[fault](good)));
    }

    // 1 issue, 2 gift, 3 hold, 4 capture of a part, 5 refund, 6 reversal with a shortfall, 7 and 8 linked.
    private async Task<JournalPosting[]> Journal()
    {
        await using var ledger = await TestLedger.On(databases, DatabaseKind.Sqlite);
        var (member, pool, merchant) = (ledger.NewId(), AccountKey.Pool(ledger.NewId()), AccountKey.Merchant(ledger.NewId()));
        await ledger.Issue(member, 30);
        await ledger.Done(new Move(PostingKind.Gift, AccountKey.Lots(member), pool, 4));
        await ledger.Done(new PlaceHold(member, merchant, 20, TestLedger.Start.AddHours(1)));
        await ledger.Done(new CaptureHold(3, 10));
        await ledger.Done(new RefundHold(3, 4));
        await ledger.Done(new Reverse(1));
        await ledger.Done(
            new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, TestLedger.YearEnd), 7),
            new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(ledger.NewId(), TestLedger.YearEnd), 8));
        var postings = new List<JournalPosting>();
        await foreach (var posting in new JournalReader(ledger.Db.Database).Read(TestLedger.Community, 0, 8, withTexts: true, CancellationToken.None))
            postings.Add(posting);
        return [.. postings];
    }

    private static (string Code, string Message)? Judge(JournalPosting[] journal)
    {
        var memory = new AuditorMemory();
        var auditor = new JournalAuditor(480, memory);
        foreach (var posting in journal)
        {
            if (auditor.Check(posting) is { } fault)
                return fault;
            memory.Add(posting);
        }

        return auditor.CheckEnd();
    }

    private static JournalPosting[] Leg(JournalPosting[] journal, int at, int leg, Func<JournalLeg, JournalLeg> change) => Change(journal, at, p => p.Legs[leg] = change(p.Legs[leg]));

    private static JournalPosting[] Change(JournalPosting[] journal, int at, Action<JournalPosting> change)
    {
        var copy = Copy(journal[at]);
        change(copy);
        return [.. journal[..at], copy, .. journal[(at + 1)..]];
    }

    private static JournalPosting[] Change(JournalPosting[] journal, int at, Func<JournalPosting, JournalPosting> same, long? atMs = null, PostingKind? kind = null) =>
        [.. journal[..at], Copy(same(journal[at]), atMs: atMs, kind: kind), .. journal[(at + 1)..]];

    private static JournalPosting Copy(JournalPosting p, long? seq = null, long? atMs = null, PostingKind? kind = null)
    {
        var copy = new JournalPosting
        {
            Community = p.Community,
            Seq = seq ?? p.Seq,
            Kind = kind ?? p.Kind,
            AtMs = atMs ?? p.AtMs,
            RequestId = p.RequestId,
            Part = p.Part,
            Parts = p.Parts,
            InputHash = p.InputHash,
            Actor = p.Actor,
            Ref = p.Ref,
            Rule = p.Rule,
            TextCommit = p.TextCommit,
            Subject = p.Subject,
            UntilMs = p.UntilMs,
            Shortfall = p.Shortfall,
            Extra = p.Extra,
            Hash = p.Hash,
        };
        foreach (var opened in p.Opened)
            copy.Opened.Add(opened);
        foreach (var leg in p.Legs)
            copy.Legs.Add(leg);
        return copy;
    }
}
