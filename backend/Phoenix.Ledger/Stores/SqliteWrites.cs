using System.Data.Common;
using Phoenix.Ledger.Apply;
using Phoenix.Ledger.Journal;

namespace Phoenix.Ledger.Stores;

/// <summary>The writes of a batch, row by row through prepared statements. Updates are guarded as on PostgreSQL.</summary>
internal static class SqliteWrites
{
    public static void Write(SqliteStatements db, Changes changes)
    {
        WriteAccounts(db, changes);
        foreach (var posting in changes.Postings)
            WritePosting(db, posting);
        WriteHolds(db, changes);
        foreach (var (community, target, by, shortfall) in changes.Reversals)
            db.Execute("insert into ledger_reversals (community, target, by_seq, shortfall) values ($1, $2, $3, $4)", community, target, by, shortfall);
        foreach (var c in changes.TouchedCounters.Where(c => c.Changed))
            db.Execute("insert into ledger_counters (community, key, period, used, cap) values ($1, $2, $3, $4, $5) on conflict (community, key, period) do update set used = excluded.used, cap = excluded.cap", c.Community, c.Key, c.Period, c.Used, c.Cap);
        foreach (var h in changes.TouchedHeads.Where(h => h.Seq != h.SavedSeq))
            Guarded(db.Execute(
                "update ledger_heads set seq = $1, hash = $2, at_ms = $3, accounts = $4, issue_frozen = $5, redeem_frozen = $6, grace_days = $7 where community = $8 and seq = $9",
                h.Seq, h.Hash, h.AtMs, h.Accounts, h.IssueFrozen, h.RedeemFrozen, h.GraceDays, h.Id, h.SavedSeq));
    }

    private static void WriteAccounts(SqliteStatements db, Changes changes)
    {
        foreach (var a in changes.OpenedAccounts)
            db.Execute(
                "insert into ledger_accounts (community, id, owner, kind, asset, expires_on, opened_seq, floor, ceiling, balance, seq) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                a.Community, a.Id, a.Key.Owner, (short)a.Key.Kind, (short)a.Key.Asset, a.Key.ExpiresNumber, a.OpenedSeq, a.Floor, a.Ceiling, a.Balance, a.Seq);
        foreach (var a in changes.TouchedAccounts)
            if (a.SavedSeq >= 0 && a.Seq != a.SavedSeq)
                Guarded(db.Execute("update ledger_accounts set balance = $1, seq = $2 where community = $3 and id = $4 and seq = $5", a.Balance, a.Seq, a.Community, a.Id, a.SavedSeq));
    }

    private static void WritePosting(SqliteStatements db, JournalPosting p)
    {
        db.Execute(
            "insert into ledger_postings (community, seq, kind, at_ms, part, parts, request_id, actor, input_hash, hash, ref, rule, text_commit, subject, until_ms, shortfall, extra) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            p.Community, p.Seq, (short)p.Kind, p.AtMs, p.Part, p.Parts, p.RequestId, p.Actor, p.InputHash, p.Hash, p.Ref, p.Rule, p.TextCommit,
            Absent(p.Subject), Absent(p.UntilMs), Absent(p.Shortfall), p.Extra.Length == 0 ? null : p.Extra);
        for (var i = 0; i < p.Legs.Count; i++)
        {
            var l = p.Legs[i];
            db.Execute(
                "insert into ledger_legs (community, seq, n, from_account, to_account, amount, from_after, to_after, from_prev, to_prev) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                p.Community, p.Seq, i + 1, l.From, l.To, l.Amount, l.FromAfter, l.ToAfter, l.FromPrev, l.ToPrev);
        }

        if (p.Text is not null)
            db.Execute("insert into ledger_texts (community, seq, salt, text) values ($1, $2, $3, $4)", p.Community, p.Seq, p.Salt, p.Text);
    }

    private static void WriteHolds(SqliteStatements db, Changes changes)
    {
        foreach (var h in changes.PlacedHolds)
        {
            db.Execute(
                "insert into ledger_holds (community, hold, owner, asset, to_account, amount, expires_at_ms, extended, captured, refunded, seq, resolved) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                h.Community, h.Id, h.Owner, (short)h.Asset, h.ToAccount, h.Amount, h.ExpiresAtMs, h.Extended, h.Captured, h.Refunded, h.Seq, h.Resolution is not null);
            for (var i = 0; i < h.Legs.Count; i++)
                db.Execute("insert into ledger_hold_legs (community, hold, n, lot, amount) values ($1, $2, $3, $4, $5)", h.Community, h.Id, i + 1, h.Legs[i].Lot, h.Legs[i].Amount);
        }

        foreach (var h in changes.TouchedHolds)
            if (h.SavedSeq >= 0 && h.Seq != h.SavedSeq)
                Guarded(db.Execute(
                    "update ledger_holds set expires_at_ms = $1, extended = $2, captured = $3, refunded = $4, seq = $5, resolved = $9 where community = $6 and hold = $7 and seq = $8",
                    h.ExpiresAtMs, h.Extended, h.Captured, h.Refunded, h.Seq, h.Community, h.Id, h.SavedSeq, h.Resolution is not null));
        foreach (var h in changes.ResolvedHolds)
            db.Execute("insert into ledger_hold_resolutions (community, hold, kind, seq) values ($1, $2, $3, $4)", h.Community, h.Id, (short)h.Resolution!.Value, h.ResolvedSeq);
    }

    private static object? Absent(long number) => number == 0 ? null : number;

    private static void Guarded(int rows)
    {
        if (rows != 1)
            throw new GuardFailedException();
    }
}

/// <summary>A row was not as it was read, although the transaction holds the write lock: a bug or a hand at the file. The transaction is given up.</summary>
public sealed class GuardFailedException() : DbException("ledger: a guarded update met another row than was read");
