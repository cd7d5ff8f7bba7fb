using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Phoenix.Ledger;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;

namespace Phoenix.App.Data;

/// <summary>Coins and rows in one transaction, for paths that aren't hot (architecture.md, "The hot path").</summary>
public static class LedgerTransactions
{
    /// <summary>
    /// Saves what the context has and posts in its open transaction: both count with the caller's commit or not at all. The community's head is locked
    /// here until then, so this comes last.
    /// </summary>
    /// <returns>As <see cref="LedgerPoster.PostIn"/>; after a refusal the transaction is to be rolled back.</returns>
    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public static async Task<Result<IReadOnlyList<Posted>>> PostIn(this LedgerPoster poster, PhoenixDb db, IReadOnlyList<LedgerRequest> requests, CancellationToken cancel)
    {
        var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("Coins are posted inside a unit of work.");
        await db.SaveChangesAsync(cancel);
        return await poster.PostIn(db.Database.GetDbConnection(), transaction.GetDbTransaction(), requests, cancel);
    }
}
