using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Journal;
using Phoenix.Ledger.Tests.Support;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.Ledger.Tests.Model;

/// <summary>
/// Goal: whatever is asked in whatever order, the ledger does what the rulebook says. Method: seeded random histories of commands, many of them
/// invalid, with clock jumps across expiry; each step is compared with a model and judged by an auditor that sees only the journal.
/// </summary>
public sealed class HistoryTests(TestDatabases databases)
{
    private const int Steps = 1200;

    public static TheoryData<DatabaseKind, int> Seeds()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("PHOENIX_SOAK_ROUNDS"), out var asked) ? asked : 2;
        var data = new TheoryData<DatabaseKind, int>();
        for (var seed = 1; seed <= rounds; seed++)
        {
            data.Add(DatabaseKind.Sqlite, seed);
            data.Add(DatabaseKind.PostgreSql, seed);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_random_history_agrees_with_the_model_and_the_auditor(DatabaseKind kind, int seed)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        var run = new Run(ledger, seed);
        for (var step = 0; step < Steps; step++)
            await run.Step(step);
        Assert.True(run.Applied > Steps / 4, $"only {run.Applied} of {Steps} were applied: the history proves little");
        Assert.True(run.Refusals.Count > 12, $"only {string.Join(' ', run.Refusals.Keys)} were refused");
        await run.CompareBalances();
        var report = await Exports.Prove(ledger.Db, ledger.Time);
        Assert.Equal(run.Applied, report.Postings);
    }

    private sealed class Run(TestLedger ledger, int seed)
    {
        private readonly SeededBytes _random = new(seed);
        private readonly LedgerModel _model = new();
        private readonly AuditorMemory _memory = new();
        private readonly List<(LedgerRequest Request, Posted Posted)> _done = [];
        private readonly JournalReader _reader = new(ledger.Db.Database);
        private readonly Guid[] _members = [.. Enumerable.Range(0, 4).Select(_ => ledger.NewId())];
        private readonly Guid[] _merchants = [.. Enumerable.Range(0, 2).Select(_ => ledger.NewId())];
        private readonly Guid _pool = ledger.NewId();
        private JournalAuditor? _auditor;

        public long Applied => _model.Seq;
        public SortedDictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

        public async Task Step(int step)
        {
            MoveClock();
            if (_done.Count > 0 && Chance(6))
            {
                await Retry();
                return;
            }

            var commands = Enumerable.Range(0, Chance(15) ? 2 + _random.Next(3) : 1).Select(_ => Command()).ToArray();
            var request = new LedgerRequest(TestLedger.Community, ledger.NewId(), _members[0], "history", commands);
            var before = _model.Seq;
            var (legs, refusal) = _model.Apply(commands, new Clock(ledger.Time).Now);
            var result = await ledger.Poster.Post(request, CancellationToken.None);
            Assert.True(string.Equals(refusal, result.Error?.Code, StringComparison.Ordinal), $"step {step}: model {refusal ?? "ok"}, ledger {result}; {string.Join(", ", (object[])commands)}");
            if (refusal is not null)
            {
                Refusals[refusal] = Refusals.GetValueOrDefault(refusal) + 1;
                return;
            }

            Compare(step, legs, result);
            _done.Add((request, result.Value));
            await Audit(before);
        }

        public async Task CompareBalances()
        {
            var accounts = await ledger.Db.Query("select a.owner, a.kind, a.asset, a.expires_on, a.balance from ledger_accounts a", r => (Key: Stores.Rows.Key(r, 0), Balance: r.GetInt64(4)));
            foreach (var (key, balance) in accounts)
                Assert.Equal(_model.Balances.GetValueOrDefault(key), balance);
            Assert.Equal(_model.Balances.Where(b => b.Value != 0).Select(b => b.Key).ToHashSet(), accounts.Where(a => a.Balance != 0).Select(a => a.Key).ToHashSet());
        }

        private void Compare(int step, List<List<LedgerModel.Moved>> legs, Result<Posted> result)
        {
            var posted = result.Value.Postings;
            Assert.Equal(legs.Count, posted.Count);
            for (var i = 0; i < legs.Count; i++)
                Assert.True(legs[i].SequenceEqual(posted[i].Legs.Select(l => new LedgerModel.Moved(l.From, l.To, l.Amount))), $"step {step}: model {string.Join(' ', legs[i])}, ledger {string.Join(' ', posted[i].Legs)}");
            if (posted[^1].Kind == PostingKind.Reverse)
                Assert.Equal(_model.Shortfall, posted[^1].Shortfall);
        }

        private async Task Audit(long after)
        {
            _auditor ??= new JournalAuditor(480, _memory);
            await foreach (var posting in _reader.Read(TestLedger.Community, after, _model.Seq, withTexts: true, CancellationToken.None))
            {
                var fault = _auditor.Check(posting);
                Assert.True(fault is null, $"seq {posting.Seq} {posting.Kind}: {fault}");
                _memory.Add(posting);
            }
        }

        private async Task Retry()
        {
            var (request, posted) = _done[_random.Next(_done.Count)];
            if (Chance(30))
            {
                var other = await ledger.Poster.Post(request with { Actor = _members[1] }, CancellationToken.None);
                Assert.IsType<RequestReused>(other.Error);
                return;
            }

            var again = await ledger.Poster.Post(request, CancellationToken.None);
            Assert.Equal(posted, again.Value);
        }

        private void MoveClock()
        {
            if (Chance(30))
                ledger.Time.Advance(TimeSpan.FromMinutes(_random.Next(30)));
            if (Chance(2))
                ledger.Time.Advance(TimeSpan.FromDays(_random.Next(20)));
            // A node whose clock is behind: the stamp must not go back.
            if (Chance(3))
                ledger.Time.AdjustTime(new Clock(ledger.Time).Now.AddMinutes(-_random.Next(60)));
        }

        private LedgerCommand Command() => Plain() is var command && Chance(20) ? command with { Reason = $"理由 {_random.Next(9)}", Ref = "ref:1", Rule = "rule/2" } : command;

        private LedgerCommand Plain()
        {
            var now = new Clock(ledger.Time).Now;
            switch (_random.Next(24))
            {
                case < 5:
                    return new Move(PostingKind.Issue, AccountKey.Issuance(), Lot(), 1 + _random.Next(40));
                case 5:
                    return new Move(PostingKind.Grant, [new Leg(AccountKey.Issuance(), Lot(), 1 + _random.Next(9)), new Leg(AccountKey.Pool(_pool), Lot(), 1 + _random.Next(9))]);
                case 6 or 7:
                    return new Move(PostingKind.Gift, AccountKey.Lots(Member()), AccountKey.Pool(_pool), 1 + _random.Next(50));
                case < 12:
                    return new PlaceHold(Member(), AccountKey.Merchant(_merchants[_random.Next(2)]), 1 + _random.Next(60), now.AddMinutes(_random.Next(120) - 5));
                case < 15:
                    return new CaptureHold(HoldId(), Chance(50) ? null : 1 + _random.Next(40));
                case 15:
                    return new ReleaseHold(HoldId());
                case 16:
                    return new ExpireHold(HoldId());
                case 17:
                    return new ExtendHold(HoldId(), now.AddMinutes(_random.Next(200)));
                case 18:
                    return new RefundHold(HoldId(), 1 + _random.Next(15));
                case 19:
                    return new Reverse(1 + _random.Next((int)_model.Seq + 2));
                case 20:
                    return new Move(PostingKind.Settle, AccountKey.Merchant(_merchants[_random.Next(2)]), AccountKey.Of(AccountKind.Settled), 1 + _random.Next(10));
                case 21:
                    return KnownLot() is { } lapsed ? new ExpireLot(lapsed) : new ExpireLot(Lot());
                case 22:
                    return KnownLot() is { } lot ? new ExtendLot(lot, lot.ExpiresOn!.Value.AddDays(1 + _random.Next(30))) : new ExpireLot(Lot());
                default:
                    return Chance(60) ? new SetPolicy(Chance(15), Chance(15), _random.Next(3) * 3) : new OpenAccount(AccountKey.Pool(_random.Next(3) == 0 ? _pool : ledger.NewId()), -_random.Next(5), Chance(50) ? null : _random.Next(200));
            }
        }

        private AccountKey? KnownLot()
        {
            var lots = _model.Balances.Keys.Where(k => k.Kind == AccountKind.Member).OrderBy(k => k.ExpiresOn).ThenBy(k => k.Owner).ToArray();
            return lots.Length == 0 ? null : lots[_random.Next(lots.Length)];
        }

        private long HoldId()
        {
            if (_model.Holds.Count == 0 || Chance(10))
                return Chance(50) ? -1 - _random.Next(2) : 1 + _random.Next(50);
            var ids = _model.Holds.Keys.Order().ToArray();
            return Chance(70) ? ids[Math.Max(0, ids.Length - 1 - _random.Next(6))] : ids[_random.Next(ids.Length)];
        }

        private AccountKey Lot() => AccountKey.Lot(Member(), ledger.Today.AddDays(((int[])[-1, 0, 1, 3, 30, 400])[_random.Next(6)]));

        private Guid Member() => _members[_random.Next(_members.Length)];

        private bool Chance(int percent) => _random.Next(100) < percent;
    }
}

/// <summary>The auditor's memory of a short journal.</summary>
internal sealed class AuditorMemory : IAuditMemory
{
    private readonly Dictionary<long, JournalPosting> _postings = [];
    private readonly Dictionary<long, AuditNote> _notes = [];

    public void Add(JournalPosting posting) => _postings.Add(posting.Seq, posting);

    public JournalPosting? Find(long seq) => _postings.GetValueOrDefault(seq);

    public AuditNote Note(long seq) => _notes.GetValueOrDefault(seq);

    public void Note(long seq, AuditNote note) => _notes[seq] = note;
}
