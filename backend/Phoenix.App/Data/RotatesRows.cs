using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Data;

/// <summary>
/// <see cref="IRotatesKeys"/> for a table of EF Core. The columns must be concurrency tokens: a row that somebody writes at the same moment is left to the
/// next batch, and what they wrote stands.
/// </summary>
/// <param name="db">The context, in the scope of the community for a community's table.</param>
/// <param name="database">Says what a failure is.</param>
/// <param name="keys">The key ring.</param>
/// <param name="table">The table.</param>
/// <param name="by">The order of the batches.</param>
/// <param name="stale">For the prefix of the current key (<see cref="KeyRing.CurrentPrefix"/>): which rows have a column without it.</param>
/// <param name="renew">Makes a row's columns anew.</param>
public sealed class RotatesRows<T>(PhoenixDb db, Database database, KeyRing keys, string table, Expression<Func<T, Guid>> by,
    Func<string, Expression<Func<T, bool>>> stale, Action<T, KeyRing> renew) : IRotatesKeys
    where T : class
{
    /// <summary>How often a batch is tried again when rows of it were written at the same moment.</summary>
    public const int MaxAttempts = 5;

    /// <inheritdoc />
    public string Table => table;

    /// <inheritdoc />
    public bool IsGlobal { get; } = !typeof(ICommunityOwned).IsAssignableFrom(typeof(T));

    /// <inheritdoc />
    public async Task<int> Rotate(int limit, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                var rows = await db.Set<T>().Where(stale(keys.CurrentPrefix)).OrderBy(by).Take(limit).ToListAsync(cancel);
                foreach (var row in rows)
                    renew(row, keys);
                await db.SaveChangesAsync(cancel);
                return rows.Count;
            }
            catch (Exception e) when (attempt < MaxAttempts && (e is DbUpdateConcurrencyException || database.Classify(e) is DatabaseFault.Conflict))
            {
                // Somebody wrote one of the rows: with the current key, so it isn't stale any more.
            }
        }
    }
}
