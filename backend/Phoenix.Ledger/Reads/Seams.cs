using Phoenix.Ledger.Accounts;

namespace Phoenix.Ledger.Reads;

/// <summary>
/// Balances kept near, e.g. in Redis. Never the truth: an implementation that is away or slow gives null and swallows writes. Entries are (expiry,
/// amount) pairs with the version they were read at.
/// </summary>
public interface IBalanceCache
{
    /// <summary>The entry, or null.</summary>
    ValueTask<MemberCoins?> Find(int community, Guid member, Asset asset, CancellationToken cancel);

    /// <summary>Keeps an entry for a short while, unless one with a higher version is there.</summary>
    ValueTask Keep(int community, Guid member, Asset asset, MemberCoins coins, CancellationToken cancel);
}

/// <summary>No cache: every read goes to the database.</summary>
public sealed class NoBalanceCache : IBalanceCache
{
    /// <inheritdoc />
    public ValueTask<MemberCoins?> Find(int community, Guid member, Asset asset, CancellationToken cancel) => default;

    /// <inheritdoc />
    public ValueTask Keep(int community, Guid member, Asset asset, MemberCoins coins, CancellationToken cancel) => default;
}

/// <summary>
/// A lease around spending by one member, so that a double tap doesn't do the work twice. Saves work only: null (not acquired in 50 ms, or the store is
/// away) means go on, the database decides.
/// </summary>
public interface ISpendLock
{
    /// <summary>Takes the lease, or gives null; never throws.</summary>
    ValueTask<IAsyncDisposable?> TryTake(int community, Guid member, CancellationToken cancel);
}

/// <summary>No lease.</summary>
public sealed class NoSpendLock : ISpendLock
{
    /// <inheritdoc />
    public ValueTask<IAsyncDisposable?> TryTake(int community, Guid member, CancellationToken cancel) => default;
}
