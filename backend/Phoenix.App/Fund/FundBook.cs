using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Phoenix.App.Data;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Results;

namespace Phoenix.App.Fund;

/// <inheritdoc />
internal sealed class FundBook(PhoenixDb db, IEnumerable<ICoinPromises> promises) : IFundGate
{
    private static readonly AccountKind[] Owed = [AccountKind.Member, AccountKind.Held, AccountKind.Pool, AccountKind.Merchant];

    public async Task<Result<FundPosition>> Admit(long coins, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(coins);
        await db.LockCommunity(cancel);
        if (!(await Position(cancel)).TryGet(out var position, out var error))
            return error;
        return coins > position.HeadroomCoins ? new FundShort(position, coins) : position;
    }

    public async Task<Result<FundPosition>> Position(CancellationToken cancel)
    {
        if (await db.Set<FundPolicy>().AsNoTracking().OrderByDescending(p => p.Version).FirstOrDefaultAsync(cancel) is not { } policy)
            return new FundPolicyMissing();

        // Promises first: coins that are given between the two reads are counted twice, never not at all.
        var promised = 0L;
        foreach (var promise in promises)
            promised = checked(promised + await promise.Open(cancel));
        return new FundPosition(await CashFen(cancel), policy.LiabilityFenPerCoin, policy.RatioPercent, await Total(Asset.Coin, Owed, cancel), promised);
    }

    /// <summary>What is in the fund, in fen.</summary>
    public Task<long> CashFen(CancellationToken cancel) => Total(Asset.Fen, [AccountKind.Cash], cancel);

    private async Task<long> Total(Asset asset, IReadOnlyList<AccountKind> kinds, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            return await LedgerReads.TotalIn(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), db.Scope.CommunityId, asset, kinds, cancel);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
