using System.Data.Common;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Stores;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;

namespace Phoenix.Ledger.Reads;

/// <summary>What stands in the ledger. The database is always right; each read is one statement, so one moment.</summary>
public sealed class LedgerReads(Database database, IBalanceCache cache)
{
    /// <summary>The most entries <see cref="History"/> gives at once.</summary>
    public const int MaxPage = 100;

    /// <summary>The most movements <see cref="Explain"/> replays.</summary>
    public const int MaxReplay = 20_000;

    private const string Walk = """
        with recursive walk(s) as (
          select {0}
          union all
          select (select case when l.from_account = $2 then l.from_prev else l.to_prev end from ledger_legs l
                  where l.community = $1 and l.seq = w.s and (l.from_account = $2 or l.to_account = $2) order by l.n limit 1)
          from walk w where w.s > 0)
        select p.seq, p.kind, p.at_ms, case when l.from_account = $2 then -l.amount else l.amount end, case when l.from_account = $2 then l.from_after else l.to_after end,
          p.subject, p.ref, p.rule, t.text
        from (select s from walk where s > 0 limit $3) w
        join ledger_postings p on p.community = $1 and p.seq = w.s
        join ledger_legs l on l.community = $1 and l.seq = w.s and (l.from_account = $2 or l.to_account = $2)
        left join ledger_texts t on t.community = $1 and t.seq = w.s
        order by p.seq desc, l.n desc
        """;

    // The last posting on the account that is old enough; its last leg there says what was left.
    private const string Past = """
        with recursive mine as (
          select a.id, a.seq from ledger_accounts a where a.community = $1 and a.owner = $2 and a.kind = $3 and a.asset = $4 and a.expires_on = $5),
        walk(account, s) as (
          select m.id, m.seq from mine m
          union all
          select w.account, (select case when l.from_account = w.account then l.from_prev else l.to_prev end from ledger_legs l
                  where l.community = $1 and l.seq = w.s and (l.from_account = w.account or l.to_account = w.account) order by l.n limit 1)
          from walk w join ledger_postings p on p.community = $1 and p.seq = w.s where p.at_ms >= $6)
        select coalesce((select case when l.from_account = w.account then l.from_after else l.to_after end
          from walk w join ledger_postings p on p.community = $1 and p.seq = w.s and p.at_ms < $6
          join ledger_legs l on l.community = $1 and l.seq = w.s and (l.from_account = w.account or l.to_account = w.account)
          order by l.n desc limit 1), 0)
        """;

    /// <summary>What a member has; from the cache when that is not older than what the client has seen.</summary>
    /// <param name="community">The community.</param>
    /// <param name="member">The member.</param>
    /// <param name="asset">What is counted.</param>
    /// <param name="seenVersion">The highest version (or posting's seq) this client was ever answered with; 0 for a new one.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<MemberCoins> Coins(int community, Guid member, Asset asset, long seenVersion, CancellationToken cancel)
    {
        if (await cache.Find(community, member, asset, cancel) is { } kept && kept.Version >= seenVersion)
            return kept;
        var coins = await CoinsNow(community, member, asset, cancel);
        await cache.Keep(community, member, asset, coins, cancel);
        return coins;
    }

    /// <summary>What a member has, from the database.</summary>
    public async Task<MemberCoins> CoinsNow(int community, Guid member, Asset asset, CancellationToken cancel)
    {
        const string Sql = """
            select h.seq, a.expires_on, a.balance,
              (select coalesce(sum(o.amount), 0) from ledger_holds o where o.community = $1 and o.owner = $2 and o.asset = $3 and not o.resolved)
            from ledger_heads h
            left join ledger_accounts a on a.community = h.community and a.owner = $2 and a.kind = 2 and a.asset = $3 and a.balance > 0
            where h.community = $1 order by a.expires_on
            """;
        var lots = new List<LotBalance>();
        var (held, version) = (0L, 0L);
        await database.Query(Sql, r =>
        {
            version = r.GetInt64(0);
            held = Convert.ToInt64(r.GetValue(3), System.Globalization.CultureInfo.InvariantCulture);
            if (!r.IsDBNull(1))
                lots.Add(new LotBalance(Days.FromNumber(r.GetInt32(1))!.Value, r.GetInt64(2)));
        }, cancel, community, member, (short)asset);
        return new MemberCoins(lots, held, version);
    }

    /// <summary>An account's balance in units, or null when it was never opened.</summary>
    public async Task<long?> Balance(int community, AccountKey account, CancellationToken cancel) =>
        await Find(community, account, cancel) is { } found ? found.Balance : null;

    /// <summary>The sum of the balances of all accounts of some kinds, in units, as the caller's transaction sees it.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="transaction">The transaction on it, or null.</param>
    /// <param name="community">The community.</param>
    /// <param name="asset">What is counted.</param>
    /// <param name="kinds">Which accounts.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public static async Task<long> TotalIn(DbConnection connection, DbTransaction? transaction, int community, Asset asset, IReadOnlyList<AccountKind> kinds, CancellationToken cancel)
    {
        var numbers = string.Join(", ", kinds.Select(k => ((short)k).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"select cast(coalesce(sum(a.balance), 0) as bigint) from ledger_accounts a where a.community = $1 and a.asset = $2 and a.kind in ({numbers})";
        Parameters.Add(command, [community, (short)asset]);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// What an account had at an instant, in units, as the caller's transaction sees it; 0 where it wasn't open. Walks back from now, so it costs as many steps as
    /// there were postings on the account since.
    /// </summary>
    /// <param name="connection">Open.</param>
    /// <param name="transaction">The transaction on it, or null.</param>
    /// <param name="community">The community.</param>
    /// <param name="account">The account.</param>
    /// <param name="before">Postings stamped before it count.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public static async Task<long> BalanceAt(DbConnection connection, DbTransaction? transaction, int community, AccountKey account, DateTimeOffset before, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Past;
        Parameters.Add(command, [community, account.Owner, (short)account.Kind, (short)account.Asset, account.ExpiresNumber, before.ToUnixTimeMilliseconds()]);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>An account's movements, newest first.</summary>
    /// <param name="community">The community.</param>
    /// <param name="account">The account.</param>
    /// <param name="before">Only postings before this seq, which touched the account: the last one of the page before; null for the newest.</param>
    /// <param name="postings">How many postings, at most <see cref="MaxPage"/>.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<Result<IReadOnlyList<AccountEntry>>> History(int community, AccountKey account, long? before, int postings, CancellationToken cancel)
    {
        if (await Find(community, account, cancel) is not { } found)
            return new UnknownAccount();
        var start = before is { } seq
            ? $"case when l.from_account = $2 then l.from_prev else l.to_prev end from ledger_legs l where l.community = $1 and l.seq = {seq} and (l.from_account = $2 or l.to_account = $2) and l.n = (select min(m.n) from ledger_legs m where m.community = $1 and m.seq = {seq} and (m.from_account = $2 or m.to_account = $2))"
            : "a.seq from ledger_accounts a where a.community = $1 and a.id = $2";
        return await Entries(community, found.Id, start, Math.Clamp(postings, 1, MaxPage), cancel);
    }

    /// <summary>For every unit now in the account: which posting and rule brought it, and when it expires.</summary>
    /// <returns>Oldest first; <see cref="UnknownAccount"/>, or <see cref="HistoryTooLong"/> beyond <see cref="MaxReplay"/> movements.</returns>
    public async Task<Result<IReadOnlyList<UnitOrigin>>> Explain(int community, AccountKey account, CancellationToken cancel)
    {
        if (await Find(community, account, cancel) is not { } found)
            return new UnknownAccount();
        var entries = await Entries(community, found.Id, "a.seq from ledger_accounts a where a.community = $1 and a.id = $2", MaxReplay + 1, cancel);
        if (entries.Length > MaxReplay)
            return new HistoryTooLong();
        var replay = new OriginReplay();
        for (var i = entries.Length - 1; i >= 0; i--)
            replay.Apply(entries[i]);
        return Result(replay.Origins(account));
    }

    /// <summary>A member's movements over all lots, a posting each, newest first.</summary>
    /// <param name="community">The community.</param>
    /// <param name="member">The member.</param>
    /// <param name="asset">What is counted.</param>
    /// <param name="before">Only postings before this seq; null for the newest.</param>
    /// <param name="postings">How many, at most <see cref="MaxPage"/> and one more, which tells whether there is a next page.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<IReadOnlyList<MemberEntry>> MemberHistory(int community, Guid member, Asset asset, long? before, int postings, CancellationToken cancel)
    {
        const string Sql = """
            with recursive walk(account, s) as (
              select a.id, a.seq from ledger_accounts a where a.community = $1 and a.owner = $2 and a.kind = 2 and a.asset = $3
              union all
              select w.account, (select case when l.from_account = w.account then l.from_prev else l.to_prev end from ledger_legs l
                      where l.community = $1 and l.seq = w.s and (l.from_account = w.account or l.to_account = w.account) order by l.n limit 1)
              from walk w where w.s > 0),
            mine as (select distinct s from walk where s > 0 and s < $4 order by s desc limit $5)
            select p.seq, p.kind, p.at_ms,
              sum(case when l.to_account in (select account from walk) then l.amount else 0 end - case when l.from_account in (select account from walk) then l.amount else 0 end),
              p.subject, p.ref, p.rule, t.text
            from mine m
            join ledger_postings p on p.community = $1 and p.seq = m.s
            join ledger_legs l on l.community = $1 and l.seq = m.s
            left join ledger_texts t on t.community = $1 and t.seq = m.s
            group by p.seq, p.kind, p.at_ms, p.subject, p.ref, p.rule, t.text order by p.seq desc
            """;
        var entries = new List<MemberEntry>();
        await database.Query(
            Sql,
            r => entries.Add(new MemberEntry(
                r.GetInt64(0), (PostingKind)r.GetInt16(1), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(2)), Convert.ToInt64(r.GetValue(3), System.Globalization.CultureInfo.InvariantCulture),
                r.IsDBNull(4) ? 0 : r.GetInt64(4), r.GetString(5), r.GetString(6), r.IsDBNull(7) ? null : r.GetString(7))),
            cancel,
            community,
            member,
            (short)asset,
            before ?? long.MaxValue,
            Math.Clamp(postings, 1, MaxPage + 1));
        return entries;
    }

    /// <summary>Lots that hold units and whose last day is in a span, by day and then owner: what is announced and what is extended.</summary>
    /// <param name="community">The community.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="after">Only lots after this one; null for the first.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    /// <returns>Each lot with what is in it and the last posting that touched it.</returns>
    public async Task<IReadOnlyList<(AccountKey Lot, long Balance, long Seq)>> LotsEnding(int community, DateOnly from, DateOnly to, AccountKey? after, int limit, CancellationToken cancel)
    {
        var lots = new List<(AccountKey, long, long)>();
        await database.Query(
            """
            select a.owner, a.kind, a.asset, a.expires_on, a.balance, a.seq from ledger_accounts a
            where a.community = $1 and a.kind = 2 and a.asset = 1 and a.balance > 0 and a.expires_on between $2 and $3 and (a.expires_on > $4 or (a.expires_on = $4 and a.owner > $5))
            order by a.expires_on, a.owner limit $6
            """,
            r => lots.Add((Rows.Key(r, 0), r.GetInt64(4), r.GetInt64(5))),
            cancel,
            community,
            Days.ToNumber(from),
            Days.ToNumber(to),
            after?.ExpiresNumber ?? 0,
            after?.Owner ?? Guid.Empty,
            limit);
        return lots;
    }

    /// <summary>Open holds whose time is over, oldest first, of all communities: what the sweep expires.</summary>
    /// <param name="nowMs">Now, Unix milliseconds.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<IReadOnlyList<(int Community, long Hold)>> DueHolds(long nowMs, int limit, CancellationToken cancel)
    {
        var due = new List<(int, long)>();
        await database.Query(
            "select h.community, h.hold from ledger_holds h where h.expires_at_ms <= $1 and not h.resolved order by h.expires_at_ms limit $2",
            r => due.Add((r.GetInt32(0), r.GetInt64(1))),
            cancel,
            nowMs,
            limit);
        return due;
    }

    /// <summary>Lots whose date is past and that still hold units: what the nightly job expires.</summary>
    /// <param name="community">The community.</param>
    /// <param name="today">Its present day.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    /// <returns>Each lot with the last posting that touched it, which makes the job's request id: a lot that changed is other work.</returns>
    public async Task<IReadOnlyList<(AccountKey Lot, long Seq)>> LapsedLots(int community, DateOnly today, int limit, CancellationToken cancel)
    {
        var lots = new List<(AccountKey, long)>();
        await database.Query(
            "select a.owner, a.kind, a.asset, a.expires_on, a.seq from ledger_accounts a where a.community = $1 and a.kind = 2 and a.expires_on < $2 and a.balance > 0 order by a.id limit $3",
            r => lots.Add((Rows.Key(r, 0), r.GetInt64(4))),
            cancel,
            community,
            Days.ToNumber(today),
            limit);
        return lots;
    }

    /// <summary>A community's policy as it stands, or null when it has no journal.</summary>
    public async Task<LedgerPolicy?> Policy(int community, CancellationToken cancel)
    {
        LedgerPolicy? policy = null;
        await database.Query(
            "select h.issue_frozen, h.redeem_frozen, h.grace_days from ledger_heads h where h.community = $1",
            r => policy = new LedgerPolicy(r.GetBoolean(0), r.GetBoolean(1), r.GetInt16(2)),
            cancel,
            community);
        return policy;
    }

    /// <summary>Where a request's first posting stands in the journal; null when it was never applied.</summary>
    public async Task<long?> SeqOf(int community, Guid requestId, CancellationToken cancel)
    {
        long? seq = null;
        await database.Query("select p.seq from ledger_postings p where p.community = $1 and p.request_id = $2 order by p.seq limit 1", r => seq = r.GetInt64(0), cancel, community, requestId);
        return seq;
    }

    private static Result<IReadOnlyList<T>> Result<T>(IReadOnlyList<T> list) => list is T[] array ? array : list.ToArray();

    private async Task<AccountEntry[]> Entries(int community, long account, string start, int postings, CancellationToken cancel)
    {
        var entries = new List<AccountEntry>();
        await database.Query(
            Walk.Replace("{0}", start, StringComparison.Ordinal),
            r => entries.Add(new AccountEntry(
                r.GetInt64(0), (PostingKind)r.GetInt16(1), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(2)), r.GetInt64(3), r.GetInt64(4),
                r.IsDBNull(5) ? 0 : r.GetInt64(5), r.GetString(6), r.GetString(7), r.IsDBNull(8) ? null : r.GetString(8))),
            cancel,
            community,
            account,
            postings);
        return [.. entries];
    }

    private async Task<(long Id, long Balance)?> Find(int community, AccountKey account, CancellationToken cancel)
    {
        (long, long)? found = null;
        await database.Query(
            "select a.id, a.balance from ledger_accounts a where a.community = $1 and a.owner = $2 and a.kind = $3 and a.asset = $4 and a.expires_on = $5",
            r => found = (r.GetInt64(0), r.GetInt64(1)),
            cancel,
            community,
            account.Owner,
            (short)account.Kind,
            (short)account.Asset,
            account.ExpiresNumber);
        return found;
    }
}
