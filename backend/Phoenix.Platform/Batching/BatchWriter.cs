using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.Platform.Batching;

/// <summary>
/// Group commit: many callers, one writer, one transaction for up to <see cref="BatchOptions.MaxBatch"/> of them. Callers are answered after the
/// commit. A lost connection or a conflict runs the batch again (the handler's request ids decide what was done); a batch that fails otherwise is
/// run one item at a time, so that a poisonous item fails alone.
/// </summary>
/// <typeparam name="TIn">What a caller hands in.</typeparam>
/// <typeparam name="TOut">What it gets.</typeparam>
public sealed class BatchWriter<TIn, TOut> : IAsyncDisposable
{
    private static readonly Meter Meter = new("Phoenix.Batching");
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("phoenix.batch.size", "{item}");
    private static readonly Histogram<double> BatchSeconds = Meter.CreateHistogram<double>("phoenix.batch.duration", "s");
    private static readonly Counter<long> Faults = Meter.CreateCounter<long>("phoenix.batch.faults");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("phoenix.batch.refused", "{item}");

    private readonly BatchOptions _options;
    private readonly Clock _clock;
    private readonly Func<IReadOnlyList<TIn>, CancellationToken, Task<IReadOnlyList<Result<TOut>>>> _handle;
    private readonly Channel<Waiting> _queue;
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _loop;
    private readonly KeyValuePair<string, object?> _tag;
    private volatile bool _stopping;
    private long _lastCommitMs = long.MinValue;
    private string? _lastFault;

    /// <param name="options">Settings.</param>
    /// <param name="clock">Times the pauses between attempts.</param>
    /// <param name="handle">Runs items in one transaction and gives one result for each, in order; throws when nothing, or nobody knows what, was done.</param>
    public BatchWriter(BatchOptions options, Clock clock, Func<IReadOnlyList<TIn>, CancellationToken, Task<IReadOnlyList<Result<TOut>>>> handle)
    {
        _options = options;
        _clock = clock;
        _handle = handle;
        _tag = new KeyValuePair<string, object?>("writer", options.Name);
        _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(options.Capacity) { SingleReader = true });
        // The loop belongs to nobody's flow: it must not carry the marks, traces or culture of whoever resolved the writer first.
        using (ExecutionContext.SuppressFlow())
            _loop = Task.Run(Run);
    }

    /// <summary>Its state, for health.</summary>
    public BatchWriterState State => new(
        _options.Name,
        _queue.Reader.Count,
        _options.Capacity,
        Interlocked.Read(ref _lastCommitMs) is var at && at == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(at),
        Volatile.Read(ref _lastFault),
        _stopping);

    /// <summary>Hands an item in and waits for its outcome. Cancelling ends only the waiting: an accepted item is carried out.</summary>
    /// <returns>The handler's result; <see cref="BatchBusy"/>, <see cref="BatchStopping"/> or <see cref="BatchUnavailable"/>.</returns>
    /// <exception cref="InvalidOperationException">The caller has a transaction open.</exception>
    public async Task<Result<TOut>> Submit(TIn item, CancellationToken cancel)
    {
        OpenTransactions.Refuse(_options.Name);
        var waiting = new Waiting(item);
        if (!_queue.Writer.TryWrite(waiting))
        {
            Refused.Add(1, _tag);
            return _stopping ? new BatchStopping { RetryAfter = TimeSpan.FromSeconds(BatchBusy.RetrySeconds) } : new BatchBusy { RetryAfter = TimeSpan.FromSeconds(BatchBusy.RetrySeconds) };
        }

        return await waiting.Task.WaitAsync(cancel);
    }

    /// <summary>Takes nothing new and waits until everything accepted is answered. When <paramref name="cancel"/> ends the patience, what is left is answered as unavailable.</summary>
    public async Task Stop(CancellationToken cancel)
    {
        _stopping = true;
        _queue.Writer.TryComplete();
        await using var patience = cancel.Register(_abort.Cancel);
        await _loop;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Stop(CancellationToken.None);
        _abort.Dispose();
    }

    private async Task Run()
    {
        var batch = new List<Waiting>(_options.MaxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < _options.MaxBatch && _queue.Reader.TryRead(out var waiting))
                batch.Add(waiting);
            if (batch.Count == 0)
                continue;
            BatchSize.Record(batch.Count, _tag);
            await Carry(batch);
            batch.Clear();
            await AnsweredCallers.Next();
        }
    }

    /// <summary>Carries a batch to an answer for everyone in it. Never throws: the loop must outlive whatever happens.</summary>
    private async Task Carry(IReadOnlyList<Waiting> batch)
    {
        var started = Stopwatch.GetTimestamp();
        var failure = await Attempt(batch);
        if (failure is not null && batch.Count > 1 && !IsPassing(failure))
        {
            foreach (var waiting in batch)
                await Carry([waiting]);
            return;
        }

        if (failure is not null)
            Fail(batch, failure);
        BatchSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, _tag);
    }

    /// <summary>Runs the batch until it is answered, or gives the failure that ended the attempts.</summary>
    private async Task<Exception?> Attempt(IReadOnlyList<Waiting> batch)
    {
        var items = new TIn[batch.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = batch[i].Item;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var results = await _handle(items, _abort.Token);
                if (results.Count != items.Length)
                    throw new InvalidOperationException($"{_options.Name}: {results.Count} results for {items.Length} items");
                Interlocked.Exchange(ref _lastCommitMs, _clock.Now.ToUnixTimeMilliseconds());
                Volatile.Write(ref _lastFault, null);
                for (var i = 0; i < items.Length; i++)
                    batch[i].Answer(results[i]);
                return null;
            }
            catch (Exception e)
            {
                Faults.Add(1, _tag);
                Volatile.Write(ref _lastFault, e.GetType().Name);
                if (!IsPassing(e) || attempt == _options.MaxAttempts || !await Pause(attempt))
                    return e;
            }
        }
    }

    private async Task<bool> Pause(int attempt)
    {
        if (attempt == 1)
            return !_abort.IsCancellationRequested;
        var pause = _options.FirstPause * (1L << Math.Min(attempt - 2, 20));
        try
        {
            await _clock.Delay(pause < _options.MaxPause ? pause : _options.MaxPause, _abort.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Fail(IReadOnlyList<Waiting> batch, Exception failure)
    {
        foreach (var waiting in batch)
            if (IsPassing(failure))
                waiting.Answer(new BatchUnavailable { RetryAfter = _options.MaxPause });
            else
                waiting.Throw(failure);
    }

    // A full disk or a read-only database is nobody's bug either: the callers hear "unavailable", and it passes when people act.
    private bool IsPassing(Exception failure) =>
        failure is OperationCanceledException
        || _options.Classify(failure) is DatabaseFault.ConnectionLost or DatabaseFault.Conflict or DatabaseFault.ReadOnly or DatabaseFault.DiskFull;

    private sealed class Waiting(TIn item)
    {
        private readonly TaskCompletionSource<Result<TOut>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TIn Item { get; } = item;

        public Task<Result<TOut>> Task => _done.Task;

        public void Answer(Result<TOut> result) => _done.TrySetResult(result);

        public void Throw(Exception failure) => _done.TrySetException(ExceptionDispatchInfo.SetCurrentStackTrace(new BatchFailedException("the item could not be carried out", failure)));
    }
}

/// <summary>An item failed alone, for a reason that repeating would not change: a bug, or a constraint that refused what the code let through.</summary>
public sealed class BatchFailedException(string message, Exception inner) : Exception(message, inner);
