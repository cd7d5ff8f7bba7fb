using System.Data.Common;
using Npgsql;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Apply;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Journal;

namespace Phoenix.Ledger.Stores;

/// <summary>Rows of the ledger's tables into the batch's state: the same columns in the same order on both databases.</summary>
internal static class Rows
{
    public const string Heads = "h.community, h.seq, h.hash, h.at_ms, h.accounts, h.issue_frozen, h.redeem_frozen, h.grace_days";
    public const string Accounts = "a.community, a.id, a.owner, a.kind, a.asset, a.expires_on, a.opened_seq, a.floor, a.ceiling, a.balance, a.seq";
    public const string Postings = "p.community, p.seq, p.kind, p.at_ms, p.part, p.parts, p.request_id, p.actor, p.input_hash, p.hash, p.ref, p.rule, p.text_commit, p.subject, p.until_ms, p.shortfall, p.extra, t.salt, t.text";
    public const string Legs = "l.community, l.seq, l.from_account, l.to_account, l.amount, l.from_after, l.to_after, l.from_prev, l.to_prev";
    public const string Holds = "h.community, h.hold, h.owner, h.asset, h.to_account, h.amount, h.expires_at_ms, h.extended, h.captured, h.refunded, h.seq, r.kind, r.seq";
    public const string HoldLegs = "g.community, g.hold, g.lot, g.amount";
    public const string Targets = "p.community, p.seq, p.kind, v.by_seq";
    public const string Counters = "c.community, c.key, c.period, c.used, c.cap";

    public static Guid Guid(DbDataReader r, int column) => r is NpgsqlDataReader ? r.GetGuid(column) : new Guid((byte[])r.GetValue(column), bigEndian: true);

    public static void Head(DbDataReader r, BatchState state)
    {
        var head = new CommunityState(r.GetInt32(0))
        {
            Seq = r.GetInt64(1),
            SavedSeq = r.GetInt64(1),
            Hash = (byte[])r.GetValue(2),
            AtMs = r.GetInt64(3),
            Accounts = r.GetInt64(4),
            IssueFrozen = r.GetBoolean(5),
            RedeemFrozen = r.GetBoolean(6),
            GraceDays = r.GetInt16(7),
        };
        state.Communities.Add(head.Id, head);
    }

    public static AccountKey Key(DbDataReader r, int owner) =>
        new((AccountKind)r.GetInt16(owner + 1), Guid(r, owner), (Asset)r.GetInt16(owner + 2), Days.FromNumber(r.GetInt32(owner + 3)));

    public static void Account(DbDataReader r, BatchState state)
    {
        if (!state.Communities.TryGetValue(r.GetInt32(0), out var community) || community.ById.ContainsKey(r.GetInt64(1)))
            return;
        community.Add(new AccountState
        {
            Community = community.Id,
            Id = r.GetInt64(1),
            Key = Key(r, 2),
            OpenedSeq = r.GetInt64(6),
            Floor = r.GetInt64(7),
            Ceiling = r.IsDBNull(8) ? null : r.GetInt64(8),
            Balance = r.GetInt64(9),
            Seq = r.GetInt64(10),
            SavedSeq = r.GetInt64(10),
        });
    }

    public static JournalPosting Posting(DbDataReader r) => new()
    {
        Community = r.GetInt32(0),
        Seq = r.GetInt64(1),
        Kind = (PostingKind)r.GetInt16(2),
        AtMs = r.GetInt64(3),
        Part = r.GetInt16(4),
        Parts = r.GetInt16(5),
        RequestId = Guid(r, 6),
        Actor = Guid(r, 7),
        InputHash = (byte[])r.GetValue(8),
        Hash = (byte[])r.GetValue(9),
        Ref = r.GetString(10),
        Rule = r.GetString(11),
        TextCommit = r.IsDBNull(12) ? null : (byte[])r.GetValue(12),
        Subject = r.IsDBNull(13) ? 0 : r.GetInt64(13),
        UntilMs = r.IsDBNull(14) ? 0 : r.GetInt64(14),
        Shortfall = r.IsDBNull(15) ? 0 : r.GetInt64(15),
        Extra = r.IsDBNull(16) ? "" : r.GetString(16),
        Salt = r.IsDBNull(17) ? null : (byte[])r.GetValue(17),
        Text = r.IsDBNull(18) ? null : r.GetString(18),
    };

    /// <summary>A posting under one of the batch's request ids; its legs follow.</summary>
    public static void Known(DbDataReader r, BatchState state, List<JournalPosting> found)
    {
        var posting = Posting(r);
        if (!state.Communities.TryGetValue(posting.Community, out var community))
            return;
        if (!community.Known.TryGetValue(posting.RequestId, out var parts))
            community.Known.Add(posting.RequestId, parts = []);
        parts.Add(posting);
        found.Add(posting);
    }

    public static JournalLeg Leg(DbDataReader r) =>
        new(r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6), r.GetInt64(7), r.GetInt64(8));

    public static void Hold(DbDataReader r, BatchState state)
    {
        if (!state.Communities.TryGetValue(r.GetInt32(0), out var community))
            return;
        community.Holds.TryAdd(r.GetInt64(1), new HoldState
        {
            Community = community.Id,
            Id = r.GetInt64(1),
            Owner = Guid(r, 2),
            Asset = (Asset)r.GetInt16(3),
            ToAccount = r.GetInt64(4),
            Amount = r.GetInt64(5),
            ExpiresAtMs = r.GetInt64(6),
            Extended = r.GetBoolean(7),
            Captured = r.GetInt64(8),
            Refunded = r.GetInt64(9),
            Seq = r.GetInt64(10),
            SavedSeq = r.GetInt64(10),
            Resolution = r.IsDBNull(11) ? null : (PostingKind)r.GetInt16(11),
            ResolvedSeq = r.IsDBNull(12) ? 0 : r.GetInt64(12),
        });
    }

    public static void HoldLegOf(DbDataReader r, BatchState state)
    {
        if (state.Communities.TryGetValue(r.GetInt32(0), out var community) && community.Holds.TryGetValue(r.GetInt64(1), out var hold))
            hold.Legs.Add(new HoldLeg(r.GetInt64(2), r.GetInt64(3)));
    }

    public static void Target(DbDataReader r, BatchState state)
    {
        if (state.Communities.TryGetValue(r.GetInt32(0), out var community))
            community.Targets.Add(r.GetInt64(1), new TargetState { Kind = (PostingKind)r.GetInt16(2), Legs = new List<JournalLeg>(), ReversedBy = r.IsDBNull(3) ? 0 : r.GetInt64(3) });
    }

    public static void TargetLeg(DbDataReader r, BatchState state)
    {
        if (state.Communities.TryGetValue(r.GetInt32(0), out var community) && community.Targets.TryGetValue(r.GetInt64(1), out var target))
            target.Legs.Add(Leg(r));
    }

    public static void Counter(DbDataReader r, BatchState state)
    {
        if (state.Communities.TryGetValue(r.GetInt32(0), out var community))
            community.Counters.Add((r.GetString(1), r.GetInt32(2)), new CounterState { Community = community.Id, Key = r.GetString(1), Period = r.GetInt32(2), Used = r.GetInt64(3), Cap = r.GetInt64(4) });
    }
}
