using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Stores;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Reads;

/// <summary>Coins that went from accounts of one kind to accounts of another.</summary>
/// <param name="From">Where they left.</param>
/// <param name="To">Where they arrived.</param>
/// <param name="Coins">How many.</param>
public sealed record CoinFlow(AccountKind From, AccountKind To, long Coins);

/// <summary>What a community's coins did as a whole, between two places in its journal. Postings never change, so that an answer stays right.</summary>
public sealed class CoinFlows(Database database)
{
    private const string CirculatingSql = """
        select h.seq, cast(coalesce((select sum(a.balance) from ledger_accounts a where a.community = $1 and a.asset = 1 and a.kind in (2, 3, 4)), 0) as bigint)
        from ledger_heads h where h.community = $1
        """;

    private const string FlowsSql = """
        select f.kind, t.kind, cast(sum(l.amount) as bigint)
        from ledger_legs l
        join ledger_accounts f on f.community = l.community and f.id = l.from_account
        join ledger_accounts t on t.community = l.community and t.id = l.to_account
        where l.community = $1 and l.seq > $2 and l.seq <= $3 and f.asset = 1
        group by f.kind, t.kind
        """;

    // Every movement of a member's coins has a leg on one of the member's lots, holds and captures included.
    private const string MembersSql = """
        select count(distinct a.owner)
        from ledger_legs l
        join ledger_accounts a on a.community = l.community and a.id in (l.from_account, l.to_account)
        where l.community = $1 and l.seq > $2 and l.seq <= $3 and a.kind = 2 and a.asset = 1
        """;

    /// <summary>The journal's end and the coins that members, holds and pools have there, in one look; 0 and 0 without a journal.</summary>
    public async Task<(long Seq, long Coins)> Circulating(int community, CancellationToken cancel)
    {
        var found = (0L, 0L);
        await database.Query(CirculatingSql, r => found = (r.GetInt64(0), r.GetInt64(1)), cancel, community);
        return found;
    }

    /// <summary>The sums over the postings after <paramref name="after"/> up to <paramref name="through"/>.</summary>
    public async Task<IReadOnlyList<CoinFlow>> Between(int community, long after, long through, CancellationToken cancel)
    {
        var flows = new List<CoinFlow>();
        await database.Query(FlowsSql, r => flows.Add(new CoinFlow((AccountKind)r.GetInt16(0), (AccountKind)r.GetInt16(1), r.GetInt64(2))), cancel, community, after, through);
        return flows;
    }

    /// <summary>How many different members' coins moved in these postings.</summary>
    public async Task<int> Members(int community, long after, long through, CancellationToken cancel)
    {
        var count = 0;
        await database.Query(MembersSql, r => count = r.GetInt32(0), cancel, community, after, through);
        return count;
    }
}
