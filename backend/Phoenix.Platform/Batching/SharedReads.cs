namespace Phoenix.Platform.Batching;

/// <summary>
/// Many callers who ask the database the same kind of question at once get their answers from one query. A question is part of a query that begins after it was
/// asked, so the answer is as fresh as one's own query; alone it is asked at once. A failure is everybody's who was part of that query.
/// </summary>
/// <typeparam name="TKey">What is asked about.</typeparam>
/// <typeparam name="TValue">The answer.</typeparam>
/// <param name="read">Answers the keys it can; the others get the type's default.</param>
public sealed class SharedReads<TKey, TValue>(Func<IReadOnlyCollection<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> read)
    where TKey : notnull
{
    /// <summary>Most keys of one query.</summary>
    public const int MaxKeys = 256;

    private readonly Lock _lock = new();
    private readonly Queue<(TKey Key, TaskCompletionSource<TValue?> Asked)> _waiting = new();
    private bool _isRunning;

    /// <summary>The answer, or the type's default where there is none. Cancelling ends only the waiting.</summary>
    public Task<TValue?> Ask(TKey key, CancellationToken cancel)
    {
        var asked = new TaskCompletionSource<TValue?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue((key, asked));
            if (_isRunning)
                return asked.Task.WaitAsync(cancel);
            _isRunning = true;
        }

        // The loop serves everybody: it must not carry one caller's marks, traces or culture.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(Run, CancellationToken.None);
        return asked.Task.WaitAsync(cancel);
    }

    private async Task Run()
    {
        var batch = new List<(TKey Key, TaskCompletionSource<TValue?> Asked)>();
        while (Take(batch))
        {
            try
            {
                var answers = await read([.. batch.Select(b => b.Key).Distinct()]);
                foreach (var (key, asked) in batch)
                    asked.TrySetResult(answers.GetValueOrDefault(key));
            }
            catch (Exception e)
            {
                foreach (var (_, asked) in batch)
                    asked.TrySetException(e);
            }

            batch.Clear();
            await AnsweredCallers.Next();
        }
    }

    private bool Take(List<(TKey Key, TaskCompletionSource<TValue?> Asked)> batch)
    {
        lock (_lock)
        {
            while (batch.Count < MaxKeys && _waiting.TryDequeue(out var next))
                batch.Add(next);
            return _isRunning = batch.Count > 0;
        }
    }
}
