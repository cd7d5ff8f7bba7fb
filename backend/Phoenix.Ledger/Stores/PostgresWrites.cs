using Npgsql;
using Phoenix.Ledger.Apply;
using Phoenix.Ledger.Journal;

namespace Phoenix.Ledger.Stores;

/// <summary>The second round trip. Every update is guarded by what was read, and a guard that fails ends the transaction.</summary>
internal static class PostgresWrites
{
    public static void Add(NpgsqlBatch batch, Changes changes)
    {
        AddAccounts(batch, changes);
        AddPostings(batch, changes.Postings);
        AddLegs(batch, changes.Postings);
        AddTexts(batch, changes.Postings);
        AddHolds(batch, changes);
        if (changes.Reversals.Count > 0)
            Add(batch, "insert into ledger_reversals (community, target, by_seq, shortfall) select * from unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[])", Of(changes.Reversals, r => r.Community), Of(changes.Reversals, r => r.Target), Of(changes.Reversals, r => r.By), Of(changes.Reversals, r => r.Shortfall));
        var counters = changes.TouchedCounters.Where(c => c.Changed).OrderBy(c => (c.Community, c.Key, c.Period)).ToArray();
        if (counters.Length > 0)
            Add(batch, "insert into ledger_counters (community, key, period, used, cap) select * from unnest($1::int[], $2::text[], $3::int[], $4::bigint[], $5::bigint[]) on conflict (community, key, period) do update set used = excluded.used, cap = excluded.cap", Of(counters, c => c.Community), Of(counters, c => c.Key), Of(counters, c => c.Period), Of(counters, c => c.Used), Of(counters, c => c.Cap));
        AddHeads(batch, changes);
    }

    private static void AddAccounts(NpgsqlBatch batch, Changes changes)
    {
        var opened = changes.OpenedAccounts;
        if (opened.Count > 0)
            Add(
                batch,
                "insert into ledger_accounts (community, id, owner, kind, asset, expires_on, opened_seq, floor, ceiling, balance, seq) select * from unnest($1::int[], $2::bigint[], $3::uuid[], $4::smallint[], $5::smallint[], $6::int[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])",
                Of(opened, a => a.Community),
                Of(opened, a => a.Id),
                Of(opened, a => a.Key.Owner),
                Of(opened, a => (short)a.Key.Kind),
                Of(opened, a => (short)a.Key.Asset),
                Of(opened, a => a.Key.ExpiresNumber),
                Of(opened, a => a.OpenedSeq),
                Of(opened, a => a.Floor),
                Of(opened, a => a.Ceiling),
                Of(opened, a => a.Balance),
                Of(opened, a => a.Seq));
        var touched = changes.TouchedAccounts.Where(a => a.SavedSeq >= 0 && a.Seq != a.SavedSeq).ToArray();
        if (touched.Length > 0)
            Add(
                batch,
                "with u as (update ledger_accounts a set balance = v.b, seq = v.s from unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) v(c, i, b, s, o) where a.community = v.c and a.id = v.i and a.seq = v.o returning 1) select ledger_assert((select count(*) from u), cardinality($1))",
                Of(touched, a => a.Community),
                Of(touched, a => a.Id),
                Of(touched, a => a.Balance),
                Of(touched, a => a.Seq),
                Of(touched, a => a.SavedSeq));
    }

    private static void AddPostings(NpgsqlBatch batch, List<JournalPosting> postings) => Add(
        batch,
        "insert into ledger_postings (community, seq, kind, at_ms, part, parts, request_id, actor, input_hash, hash, ref, rule, text_commit, subject, until_ms, shortfall, extra) select * from unnest($1::int[], $2::bigint[], $3::smallint[], $4::bigint[], $5::smallint[], $6::smallint[], $7::uuid[], $8::uuid[], $9::bytea[], $10::bytea[], $11::text[], $12::text[], $13::bytea[], $14::bigint[], $15::bigint[], $16::bigint[], $17::text[])",
        Of(postings, p => p.Community),
        Of(postings, p => p.Seq),
        Of(postings, p => (short)p.Kind),
        Of(postings, p => p.AtMs),
        Of(postings, p => (short)p.Part),
        Of(postings, p => (short)p.Parts),
        Of(postings, p => p.RequestId),
        Of(postings, p => p.Actor),
        Of(postings, p => p.InputHash),
        Of(postings, p => p.Hash),
        Of(postings, p => p.Ref),
        Of(postings, p => p.Rule),
        Of(postings, p => p.TextCommit),
        Of(postings, p => Absent(p.Subject)),
        Of(postings, p => Absent(p.UntilMs)),
        Of(postings, p => Absent(p.Shortfall)),
        Of(postings, p => p.Extra.Length == 0 ? null : p.Extra));

    private static void AddLegs(NpgsqlBatch batch, List<JournalPosting> postings)
    {
        var legs = new List<(JournalPosting Posting, short N, JournalLeg Leg)>(postings.Count);
        foreach (var posting in postings)
            for (var i = 0; i < posting.Legs.Count; i++)
                legs.Add((posting, (short)(i + 1), posting.Legs[i]));
        if (legs.Count == 0)
            return;
        Add(
            batch,
            "insert into ledger_legs (community, seq, n, from_account, to_account, amount, from_after, to_after, from_prev, to_prev) select * from unnest($1::int[], $2::bigint[], $3::smallint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[])",
            Of(legs, l => l.Posting.Community),
            Of(legs, l => l.Posting.Seq),
            Of(legs, l => l.N),
            Of(legs, l => l.Leg.From),
            Of(legs, l => l.Leg.To),
            Of(legs, l => l.Leg.Amount),
            Of(legs, l => l.Leg.FromAfter),
            Of(legs, l => l.Leg.ToAfter),
            Of(legs, l => l.Leg.FromPrev),
            Of(legs, l => l.Leg.ToPrev));
    }

    private static void AddTexts(NpgsqlBatch batch, List<JournalPosting> postings)
    {
        var texts = postings.Where(p => p.Text is not null).ToArray();
        if (texts.Length > 0)
            Add(batch, "insert into ledger_texts (community, seq, salt, text) select * from unnest($1::int[], $2::bigint[], $3::bytea[], $4::text[])", Of(texts, p => p.Community), Of(texts, p => p.Seq), Of(texts, p => p.Salt), Of(texts, p => p.Text));
    }

    private static void AddHolds(NpgsqlBatch batch, Changes changes)
    {
        var placed = changes.PlacedHolds;
        if (placed.Count > 0)
        {
            Add(
                batch,
                "insert into ledger_holds (community, hold, owner, asset, to_account, amount, expires_at_ms, extended, captured, refunded, seq, resolved) select * from unnest($1::int[], $2::bigint[], $3::uuid[], $4::smallint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::boolean[], $9::bigint[], $10::bigint[], $11::bigint[], $12::boolean[])",
                Of(placed, h => h.Community),
                Of(placed, h => h.Id),
                Of(placed, h => h.Owner),
                Of(placed, h => (short)h.Asset),
                Of(placed, h => h.ToAccount),
                Of(placed, h => h.Amount),
                Of(placed, h => h.ExpiresAtMs),
                Of(placed, h => h.Extended),
                Of(placed, h => h.Captured),
                Of(placed, h => h.Refunded),
                Of(placed, h => h.Seq),
                Of(placed, h => h.Resolution is not null));
            var legs = placed.SelectMany(h => h.Legs.Select((leg, i) => (Hold: h, N: (short)(i + 1), Leg: leg))).ToArray();
            Add(batch, "insert into ledger_hold_legs (community, hold, n, lot, amount) select * from unnest($1::int[], $2::bigint[], $3::smallint[], $4::bigint[], $5::bigint[])", Of(legs, l => l.Hold.Community), Of(legs, l => l.Hold.Id), Of(legs, l => l.N), Of(legs, l => l.Leg.Lot), Of(legs, l => l.Leg.Amount));
        }

        var touched = changes.TouchedHolds.Where(h => h.SavedSeq >= 0 && h.Seq != h.SavedSeq).ToArray();
        if (touched.Length > 0)
            Add(
                batch,
                "with u as (update ledger_holds h set expires_at_ms = v.e, extended = v.x, captured = v.k, refunded = v.r, seq = v.s, resolved = v.d from unnest($1::int[], $2::bigint[], $3::bigint[], $4::boolean[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::boolean[]) v(c, h, e, x, k, r, s, o, d) where h.community = v.c and h.hold = v.h and h.seq = v.o returning 1) select ledger_assert((select count(*) from u), cardinality($1))",
                Of(touched, h => h.Community),
                Of(touched, h => h.Id),
                Of(touched, h => h.ExpiresAtMs),
                Of(touched, h => h.Extended),
                Of(touched, h => h.Captured),
                Of(touched, h => h.Refunded),
                Of(touched, h => h.Seq),
                Of(touched, h => h.SavedSeq),
                Of(touched, h => h.Resolution is not null));
        var resolved = changes.ResolvedHolds;
        if (resolved.Count > 0)
            Add(batch, "insert into ledger_hold_resolutions (community, hold, kind, seq) select * from unnest($1::int[], $2::bigint[], $3::smallint[], $4::bigint[])", Of(resolved, h => h.Community), Of(resolved, h => h.Id), Of(resolved, h => (short)h.Resolution!.Value), Of(resolved, h => h.ResolvedSeq));
    }

    private static void AddHeads(NpgsqlBatch batch, Changes changes)
    {
        var heads = changes.TouchedHeads.Where(h => h.Seq != h.SavedSeq).ToArray();
        Add(
            batch,
            "with u as (update ledger_heads h set seq = v.s, hash = v.h, at_ms = v.t, accounts = v.a, issue_frozen = v.i, redeem_frozen = v.r, grace_days = v.g from unnest($1::int[], $2::bigint[], $3::bytea[], $4::bigint[], $5::bigint[], $6::boolean[], $7::boolean[], $8::smallint[], $9::bigint[]) v(c, s, h, t, a, i, r, g, o) where h.community = v.c and h.seq = v.o returning 1) select ledger_assert((select count(*) from u), cardinality($1))",
            Of(heads, h => h.Id),
            Of(heads, h => h.Seq),
            Of(heads, h => h.Hash),
            Of(heads, h => h.AtMs),
            Of(heads, h => h.Accounts),
            Of(heads, h => h.IssueFrozen),
            Of(heads, h => h.RedeemFrozen),
            Of(heads, h => (short)h.GraceDays),
            Of(heads, h => h.SavedSeq));
    }

    private static long? Absent(long number) => number == 0 ? null : number;

    private static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters) => batch.BatchCommands.Add(PostgresSession.Command(sql, parameters));

    private static NpgsqlParameter Of<TRow, TValue>(IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(rows[i]);
        return PostgresSession.P(values);
    }
}
