using Phoenix.Ledger.Apply;
using Phoenix.Ledger.Journal;

namespace Phoenix.Ledger.Stores;

/// <summary>One transaction on SQLite. The file has one writer at a time, so <c>begin immediate</c> is the head lock.</summary>
internal sealed class SqliteSession(SqliteStatements statements, bool own, Func<ValueTask> drop) : ILedgerSession
{
    // SQLite, without statistics, takes the primary key for (community, owner) as soon as more columns are wanted than the index has, and then reads
    // the whole community. Told that an owner has few rows, it takes the index.
    internal const string AccountsOfOwner = $"select {Rows.Accounts} from ledger_accounts a where a.community = $1 and likelihood(a.owner = $2, 0.0001)";
    internal const string AccountsOfHold = $"select {Rows.Accounts} from ledger_holds h join ledger_accounts a on a.community = h.community and likelihood(a.owner = h.owner, 0.0001) where h.community = $1 and h.hold = $2";
    internal const string AccountsOfTarget = $"select {Rows.Accounts} from ledger_legs l join ledger_accounts x on x.community = l.community and x.id in (l.from_account, l.to_account) join ledger_accounts a on a.community = x.community and likelihood(a.owner = x.owner, 0.0001) where l.community = $1 and l.seq = $2";

    private bool _began;
    private bool _ended;

    public Task Read(ReadPlan plan, BatchState state, CancellationToken cancel)
    {
        if (own)
        {
            statements.Execute("begin immediate");
            _began = true;
        }

        foreach (var community in plan.Communities)
            statements.Query($"select {Rows.Heads} from ledger_heads h where h.community = $1", r => Rows.Head(r, state), community);
        ReadKnown(plan, state);
        foreach (var (community, owner) in plan.Owners)
            statements.Query(AccountsOfOwner, r => Rows.Account(r, state), community, owner);
        foreach (var (community, hold) in plan.Holds)
            ReadHold(community, hold, state);
        foreach (var (community, seq) in plan.Targets)
            ReadTarget(community, seq, state);
        foreach (var (community, key, period) in plan.Counters)
            statements.Query($"select {Rows.Counters} from ledger_counters c where c.community = $1 and c.key = $2 and c.period = $3", r => Rows.Counter(r, state), community, key, period);
        foreach (var (participant, read, statement) in PostgresSession.ParticipantReads(state))
            using (var rows = statements.Read(statement.Text, statement.Parameters))
                participant.Take(read, rows);
        return Task.CompletedTask;
    }

    public Task Write(BatchState state, CancellationToken cancel)
    {
        if (!state.Changes.IsEmpty)
            SqliteWrites.Write(statements, state.Changes);
        foreach (var participant in state.Participants)
            foreach (var statement in participant.Writes())
                statements.Execute(statement.Text, statement.Parameters);
        if (own)
            statements.Execute("commit");
        _ended = true;
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (!own || (_began && !_ended))
            await drop();
    }

    private void ReadKnown(ReadPlan plan, BatchState state)
    {
        var found = new List<JournalPosting>();
        foreach (var (community, id) in plan.Requests)
            statements.Query($"select {Rows.Postings} from ledger_postings p left join ledger_texts t on t.community = p.community and t.seq = p.seq where p.community = $1 and p.request_id = $2 order by p.part", r => Rows.Known(r, state, found), community, id);
        foreach (var posting in found)
        {
            statements.Query($"select {Rows.Legs} from ledger_legs l where l.community = $1 and l.seq = $2 order by l.n", r => posting.Legs.Add(Rows.Leg(r)), posting.Community, posting.Seq);
            statements.Query($"select {Rows.Accounts} from ledger_legs l join ledger_accounts a on a.community = l.community and a.id in (l.from_account, l.to_account) where l.community = $1 and l.seq = $2", r => Rows.Account(r, state), posting.Community, posting.Seq);
        }
    }

    private void ReadHold(int community, long hold, BatchState state)
    {
        const string Where = "where h.community = $1 and h.hold = $2";
        statements.Query($"select {Rows.Holds} from ledger_holds h left join ledger_hold_resolutions r on r.community = h.community and r.hold = h.hold {Where}", r => Rows.Hold(r, state), community, hold);
        statements.Query($"select {Rows.HoldLegs} from ledger_hold_legs g where g.community = $1 and g.hold = $2 order by g.n", r => Rows.HoldLegOf(r, state), community, hold);
        statements.Query(AccountsOfHold, r => Rows.Account(r, state), community, hold);
        statements.Query($"select {Rows.Accounts} from ledger_holds h join ledger_accounts a on a.community = h.community and a.id = h.to_account {Where}", r => Rows.Account(r, state), community, hold);
    }

    private void ReadTarget(int community, long seq, BatchState state)
    {
        statements.Query($"select {Rows.Targets} from ledger_postings p left join ledger_reversals v on v.community = p.community and v.target = p.seq where p.community = $1 and p.seq = $2", r => Rows.Target(r, state), community, seq);
        statements.Query($"select {Rows.Legs} from ledger_legs l where l.community = $1 and l.seq = $2 order by l.n", r => Rows.TargetLeg(r, state), community, seq);
        statements.Query(AccountsOfTarget, r => Rows.Account(r, state), community, seq);
    }
}
