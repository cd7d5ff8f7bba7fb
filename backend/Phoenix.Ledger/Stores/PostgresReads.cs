using Npgsql;
using Phoenix.Ledger.Apply;
using Phoenix.Ledger.Journal;

namespace Phoenix.Ledger.Stores;

/// <summary>The first round trip: separate statements, so that each sees everything committed before the head lock was given.</summary>
internal static class PostgresReads
{
    public delegate void Adder(string sql, Action<NpgsqlDataReader> take, params NpgsqlParameter[] parameters);

    public static void Add(ReadPlan plan, BatchState state, List<JournalPosting> found, Adder add)
    {
        add($"select {Rows.Heads} from ledger_heads h where h.community = any($1) order by h.community for update", r => Rows.Head(r, state), PostgresSession.P(plan.Communities.ToArray()));
        add(
            $"select {Rows.Postings} from unnest($1::int[], $2::uuid[]) k(c, r) join ledger_postings p on p.community = k.c and p.request_id = k.r left join ledger_texts t on t.community = p.community and t.seq = p.seq order by p.community, p.seq",
            r => Rows.Known(r, state, found),
            Column(plan.Requests, x => x.Community),
            Column(plan.Requests, x => x.Id));
        if (plan.Owners.Count > 0)
            add(
                $"select {Rows.Accounts} from unnest($1::int[], $2::uuid[]) k(c, o) join ledger_accounts a on a.community = k.c and a.owner = k.o",
                r => Rows.Account(r, state),
                Column(plan.Owners, x => x.Community),
                Column(plan.Owners, x => x.Owner));
        if (plan.Holds.Count > 0)
            AddHolds(plan, state, add);
        if (plan.Targets.Count > 0)
            AddTargets(plan, state, add);
        if (plan.Counters.Count > 0)
            add(
                $"select {Rows.Counters} from unnest($1::int[], $2::text[], $3::int[]) k(c, k, p) join ledger_counters c on c.community = k.c and c.key = k.k and c.period = k.p",
                r => Rows.Counter(r, state),
                Column(plan.Counters, x => x.Community),
                Column(plan.Counters, x => x.Key),
                Column(plan.Counters, x => x.Period));
    }

    private static void AddHolds(ReadPlan plan, BatchState state, Adder add)
    {
        const string From = "from unnest($1::int[], $2::bigint[]) k(c, h) join ledger_holds h on h.community = k.c and h.hold = k.h";
        NpgsqlParameter[] Keys() => [Column(plan.Holds, x => x.Community), Column(plan.Holds, x => x.Hold)];
        add($"select {Rows.Holds} {From} left join ledger_hold_resolutions r on r.community = h.community and r.hold = h.hold", r => Rows.Hold(r, state), Keys());
        add("select " + Rows.HoldLegs + " from unnest($1::int[], $2::bigint[]) k(c, h) join ledger_hold_legs g on g.community = k.c and g.hold = k.h order by g.community, g.hold, g.n", r => Rows.HoldLegOf(r, state), Keys());
        add($"select {Rows.Accounts} {From} join ledger_accounts a on a.community = h.community and a.owner = h.owner", r => Rows.Account(r, state), Keys());
        add($"select {Rows.Accounts} {From} join ledger_accounts a on a.community = h.community and a.id = h.to_account", r => Rows.Account(r, state), Keys());
    }

    private static void AddTargets(ReadPlan plan, BatchState state, Adder add)
    {
        const string From = "from unnest($1::int[], $2::bigint[]) k(c, s)";
        NpgsqlParameter[] Keys() => [Column(plan.Targets, x => x.Community), Column(plan.Targets, x => x.Seq)];
        add($"select {Rows.Targets} {From} join ledger_postings p on p.community = k.c and p.seq = k.s left join ledger_reversals v on v.community = p.community and v.target = p.seq", r => Rows.Target(r, state), Keys());
        add($"select {Rows.Legs} {From} join ledger_legs l on l.community = k.c and l.seq = k.s order by l.community, l.seq, l.n", r => Rows.TargetLeg(r, state), Keys());
        add($"select {Rows.Accounts} {From} join ledger_legs l on l.community = k.c and l.seq = k.s join ledger_accounts x on x.community = l.community and x.id in (l.from_account, l.to_account) join ledger_accounts a on a.community = x.community and a.owner = x.owner", r => Rows.Account(r, state), Keys());
    }

    private static NpgsqlParameter Column<TRow, TValue>(HashSet<TRow> rows, Func<TRow, TValue> value)
    {
        var values = new TValue[rows.Count];
        var i = 0;
        foreach (var row in rows)
            values[i++] = value(row);
        return PostgresSession.P(values);
    }
}
