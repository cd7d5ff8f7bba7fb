using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.Platform.Outbox;

/// <summary>What one sweep did. <see cref="Lost"/> rows were claimed here and taken by another node before their turn.</summary>
public sealed record OutboxSweep(int Claimed, int Sent, int Retried, int Dead, int Lost);

/// <summary>
/// Carries out what is due in the outbox, at least once, on any number of nodes at the same time. A sweep claims a bounded batch under a
/// lease and handles each row alone, in a context of its own, so that a poison row can't stop the others. Attempts are counted as a handler
/// begins, so that a row that kills its node is given up too.
/// </summary>
public sealed class OutboxRelay<TContext> : IDisposable
    where TContext : DbContext
{
    private readonly IDbContextFactory<TContext> _contexts;
    private readonly Database _database;
    private readonly Clock _clock;
    private readonly IIds _ids;
    private readonly ILogger<OutboxRelay<TContext>> _log;
    private readonly Dictionary<string, IOutboxHandler> _handlers;
    private readonly Meter _meter = new("Phoenix.Outbox");
    private readonly Counter<long> _outcomes;

    /// <summary>How often a result is tried to be written with what belongs to it.</summary>
    private const int MaxRecordings = 3;

    /// <exception cref="ArgumentException">Two handlers take the same kind.</exception>
    public OutboxRelay(
        IDbContextFactory<TContext> contexts, Database database, Clock clock, IIds ids, IEnumerable<IOutboxHandler> handlers, ILogger<OutboxRelay<TContext>> log)
    {
        _contexts = contexts;
        _database = database;
        _clock = clock;
        _ids = ids;
        _log = log;
        _handlers = handlers.ToDictionary(h => h.Kind, StringComparer.Ordinal);
        _outcomes = _meter.CreateCounter<long>("phoenix.outbox.handled", description: "Outbox rows handled, by kind and outcome.");
    }

    /// <summary>
    /// Claims and handles up to <see cref="OutboxLimits.Batch"/> due rows. Call again while <see cref="OutboxSweep.Claimed"/> is a full batch.
    /// Cancelled, it finishes the row in hand and gives the rest of the batch back.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; claimed rows come back after their lease.</exception>
    public async Task<OutboxSweep> Sweep(CancellationToken cancel)
    {
        var claim = _ids.New();
        var claimed = await Claim(claim, cancel);
        int sent = 0, retried = 0, dead = 0, lost = 0;
        foreach (var id in claimed)
        {
            if (cancel.IsCancellationRequested)
                break;
            switch (await HandleOne(id, claim, cancel))
            {
                case OutboxResult.Sent: sent++; break;
                case OutboxResult.Retry or OutboxResult.NotYet: retried++; break;
                case null: lost++; break;
                default: dead++; break;
            }
        }

        if (sent + retried + dead + lost < claimed.Count)
            await GiveBack(claim);
        return new OutboxSweep(claimed.Count, sent, retried, dead, lost);
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    /// <summary>How long to wait after the given number of failed attempts: doubling from <see cref="OutboxLimits.FirstBackOff"/>.</summary>
    private static TimeSpan BackOff(int attempts)
    {
        var doublings = Math.Clamp(attempts - 1, 0, 20);
        var wait = OutboxLimits.FirstBackOff * Math.Pow(2, doublings);
        return wait < OutboxLimits.LongestBackOff ? wait : OutboxLimits.LongestBackOff;
    }

    private static IQueryable<OutboxMessage> Rows(TContext context) => context.Set<OutboxMessage>().AsNoTracking().IgnoreQueryFilters();

    /// <summary>
    /// Marks due rows as ours. On PostgreSQL rows that another sweep is just claiming are passed over; on SQLite the transaction is an
    /// immediate one, so claims come one after the other.
    /// </summary>
    private async Task<List<Guid>> Claim(Guid claim, CancellationToken cancel)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancel);
        await using var transaction = await context.Database.BeginTransactionAsync(cancel);
        var now = _clock.Now;
        var until = now + OutboxLimits.Lease;
        var due = _database.Kind == DatabaseKind.PostgreSql
            ? context.Set<OutboxMessage>().FromSql(
                $"""
                 select * from outbox_messages
                 where done_at is null and dead_at is null and due_at <= {now} and (claimed_until is null or claimed_until <= {now})
                 order by due_at, id limit {OutboxLimits.Batch} for update skip locked
                 """).AsNoTracking().IgnoreQueryFilters()
            : Rows(context).Where(m => m.DoneAt == null && m.DeadAt == null && m.DueAt <= now && (m.ClaimedUntil == null || m.ClaimedUntil <= now))
                .OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(OutboxLimits.Batch);
        var ids = (await due.ToListAsync(cancel)).ConvertAll(m => m.Id);
        if (ids.Count == 0)
            return ids;

        await Rows(context).Where(m => ids.Contains(m.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Claim, claim).SetProperty(m => m.ClaimedUntil, until), cancel);
        await transaction.CommitAsync(cancel);
        return ids;
    }

    /// <summary>Null if the row is no longer ours.</summary>
    private async Task<OutboxResult?> HandleOne(Guid id, Guid claim, CancellationToken cancel)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancel);
        var mine = Rows(context).Where(m => m.Id == id && m.Claim == claim && m.DoneAt == null && m.DeadAt == null);
        var until = _clock.Now + OutboxLimits.Lease;
        if (await mine.ExecuteUpdateAsync(set => set.SetProperty(m => m.Attempts, m => m.Attempts + 1).SetProperty(m => m.ClaimedUntil, until), cancel) == 0)
            return null;
        if (await mine.SingleOrDefaultAsync(cancel) is not { } message)
            return null;

        var result = await Run(message, cancel);
        if (result is OutboxResult.Retry { Code: var code } && message.Attempts >= OutboxLimits.MaxAttempts)
            result = new OutboxResult.Dead(code) { Also = result.Also };
        // What was done is written down even when the host is stopping.
        var stood = await RecordSafely(context, mine, message, result);
        _outcomes.Add(1, new("kind", message.Kind), new("outcome", result.GetType().Name));
        return stood ? result : null;
    }

    private async Task<OutboxResult> Run(OutboxMessage message, CancellationToken cancel)
    {
        if (message.Attempts > OutboxLimits.MaxAttempts)
            return new OutboxResult.Dead(OutboxErrors.Abandoned);
        if (!_handlers.TryGetValue(message.Kind, out var handler))
            return new OutboxResult.Retry(OutboxErrors.NoHandler);

        using var timeout = new CancellationTokenSource(OutboxLimits.HandlerTimeout, _clock.Provider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            return await handler.Handle(message, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new OutboxResult.Retry(OutboxErrors.Timeout, TimeSpan.Zero);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            _log.LogWarning("Outbox message {Id} of kind {Kind} timed out at attempt {Attempt}", message.Id, message.Kind, message.Attempts);
            return new OutboxResult.Retry(OutboxErrors.Timeout);
        }
        catch (Exception failure)
        {
            // The type only: an exception's message may hold personal data.
            _log.LogError("Outbox message {Id} of kind {Kind} failed at attempt {Attempt} with {Exception}", message.Id, message.Kind, message.Attempts, failure.GetType().Name);
            return new OutboxResult.Retry(OutboxErrors.Exception);
        }
    }

    /// <summary>A row whose result can't be written must not hold up the others: after a few tries it is dead for a person to look at.</summary>
    private async Task<bool> RecordSafely(TContext context, IQueryable<OutboxMessage> mine, OutboxMessage message, OutboxResult result)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Record(context, mine, message, result);
            }
            catch (Exception failure) when (result.Also is not null && _database.Classify(failure) is not (DatabaseFault.ConnectionLost or DatabaseFault.ReadOnly or DatabaseFault.DiskFull))
            {
                if (attempt < MaxRecordings)
                    continue;
                _log.LogError("What belonged to outbox message {Id} of kind {Kind} can't be written: {Exception}", message.Id, message.Kind, failure.GetType().Name);
                return await Record(context, mine, message, new OutboxResult.Dead(OutboxErrors.NotRecorded));
            }
        }
    }

    private async Task<bool> Record(TContext context, IQueryable<OutboxMessage> mine, OutboxMessage message, OutboxResult result)
    {
        var now = _clock.Now;
        DateTimeOffset? doneAt = result is OutboxResult.Sent ? now : null;
        DateTimeOffset? deadAt = result is OutboxResult.Dead or OutboxResult.Unknown ? now : null;
        var attempts = result is OutboxResult.NotYet ? message.Attempts - 1 : message.Attempts;
        var dueAt = result switch
        {
            OutboxResult.Retry retry => now + (retry.After ?? BackOff(message.Attempts)),
            OutboxResult.NotYet later => later.DueAt,
            _ => message.DueAt,
        };
        var error = result switch
        {
            OutboxResult.Retry failed => Cut(failed.Code),
            OutboxResult.Dead dead => Cut(dead.Code),
            OutboxResult.Unknown => OutboxErrors.Unknown,
            OutboxResult.NotYet => message.LastError,
            _ => null,
        };
        await using var transaction = await context.Database.BeginTransactionAsync(CancellationToken.None);
        var written = await mine.ExecuteUpdateAsync(
            set => set.SetProperty(m => m.DoneAt, doneAt).SetProperty(m => m.DeadAt, deadAt).SetProperty(m => m.DueAt, dueAt).SetProperty(m => m.LastError, error)
                .SetProperty(m => m.Attempts, attempts).SetProperty(m => m.Claim, (Guid?)null).SetProperty(m => m.ClaimedUntil, (DateTimeOffset?)null),
            CancellationToken.None);
        if (written != 1)
            return false;
        if (result.Also is { } also)
            await also(context);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private static string Cut(string code) => code.Length <= OutboxLimits.ErrorLength ? code : code[..OutboxLimits.ErrorLength];

    private async Task GiveBack(Guid claim)
    {
        await using var context = await _contexts.CreateDbContextAsync(CancellationToken.None);
        await Rows(context).Where(m => m.Claim == claim).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.Claim, (Guid?)null).SetProperty(m => m.ClaimedUntil, (DateTimeOffset?)null), CancellationToken.None);
    }
}
