using Phoenix.App.Data;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;

namespace Phoenix.App.Redemption.Pool;

/// <summary>爱心池: the one pool of a community. Coins go in as gifts, and leave only for named recipients by two people's decision, or are retired.</summary>
internal sealed class CommunityPool(PhoenixDb db, LedgerReads reads)
{
    /// <summary>The pool's account.</summary>
    public AccountKey Account => AccountKey.Pool(RequestIds.Of(db.Scope.CommunityId, "pool"));

    /// <summary>What is in it.</summary>
    public async Task<long> Coins(CancellationToken cancel) => await reads.Balance(db.Scope.CommunityId, Account, cancel) ?? 0;
}
