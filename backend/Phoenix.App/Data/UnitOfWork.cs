using Microsoft.EntityFrameworkCore;
using Phoenix.App.Http;
using Phoenix.Platform.Batching;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Data;

/// <summary>
/// Runs the effect of an unsafe request once: the effect, the request's id and its answer commit in one transaction. The same id with the
/// same input gets the same answer; with other input it is refused; a refusal stores nothing and is judged anew next time.
/// </summary>
public sealed class UnitOfWork(PhoenixDb db, Database database, KeyRing keys, Clock clock)
{
    /// <summary>How often a request is run after a deadlock, a lost connection, or a row that another request wrote first (its own id included).</summary>
    public const int MaxAttempts = 5;

    /// <summary>
    /// Runs <paramref name="effect"/> in a transaction, at most <see cref="MaxAttempts"/> times from the start, saves what it changed in the
    /// context, and commits. A refusal rolls everything back.
    /// </summary>
    /// <param name="request">The client's request id with its input.</param>
    /// <param name="effect">Reads afresh and changes the context; must not keep state between runs, and must not await the ledger's queue.</param>
    /// <param name="cancel">Cancels the effect; a commit under way is not cancelled.</param>
    public async Task<Result<T>> Once<T>(RequestId request, Func<Task<Result<T>>> effect, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                return await Attempt(request, effect, cancel);
            }
            catch (Exception e) when (attempt < MaxAttempts && MayRunAgain(e))
            {
                // The transaction is gone with its connection; what stands in the database decides the next run.
            }
        }
    }

    /// <summary>What an earlier run of the request answered, or null: for effects that begin with a call that can't be repeated.</summary>
    public async Task<Result<T>?> Before<T>(RequestId request, CancellationToken cancel)
    {
        var before = await db.Set<RequestRecord>().AsNoTracking().FirstOrDefaultAsync(r => r.CommunityId == db.Scope.CommunityId && r.Id == request.Id, cancel);
        if (before is null)
            return null;
        return keys.Replay<T>(before, request);
    }

    /// <summary>
    /// Runs a job's <paramref name="effect"/> in a transaction, saves what it changed in the context, and commits; at most <see cref="MaxAttempts"/> times
    /// from the start, as another node may have done the same first. The effect reads afresh and must not await the ledger's queue.
    /// </summary>
    public async Task Job(Func<Task> effect, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                using var open = OpenTransactions.Enter();
                await using var transaction = await db.Database.BeginTransactionAsync(cancel);
                await effect();
                await db.SaveChangesAsync(cancel);
                await transaction.CommitAsync(CancellationToken.None);
                return;
            }
            catch (Exception e) when (attempt < MaxAttempts && MayRunAgain(e))
            {
                // As above: what stands in the database decides the next run.
            }
        }
    }

    private bool MayRunAgain(Exception failure) =>
        failure is DbUpdateConcurrencyException || database.Classify(failure) is DatabaseFault.Conflict or DatabaseFault.ConnectionLost or DatabaseFault.Duplicate;

    private async Task<Result<T>> Attempt<T>(RequestId request, Func<Task<Result<T>>> effect, CancellationToken cancel)
    {
        using var open = OpenTransactions.Enter();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var before = await db.Set<RequestRecord>().AsNoTracking()
            .FirstOrDefaultAsync(r => r.CommunityId == db.Scope.CommunityId && r.Id == request.Id, cancel);
        if (before is not null)
            return keys.Replay<T>(before, request);

        var record = keys.Record(db.Scope.CommunityId, request, clock.Now);
        db.Add(record);
        await db.SaveChangesAsync(cancel);

        var result = await effect();
        if (!result.TryGet(out var value, out var error))
            return error;

        keys.Answer(record, value);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(CancellationToken.None);
        return value;
    }
}
