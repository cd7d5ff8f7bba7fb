namespace Phoenix.Platform.Batching;

/// <summary>
/// Many callers who ask the same kind of thing at once share one call of the database or of Redis. What is asked is part of a call that begins afterwards, in
/// the order in which it was asked; alone it goes at once. A failure is everybody's who was part of that call.
/// </summary>
/// <typeparam name="TAsk">What one caller asks.</typeparam>
/// <typeparam name="TAnswer">What it gets.</typeparam>
/// <param name="call">Gives one answer for each that asked, in order.</param>
public sealed class SharedCalls<TAsk, TAnswer>(Func<IReadOnlyList<TAsk>, Task<IReadOnlyList<TAnswer>>> call)
{
    /// <summary>Most that one call asks.</summary>
    public const int MaxAsked = 256;

    private readonly Lock _lock = new();
    private readonly Queue<(TAsk What, TaskCompletionSource<TAnswer> Asked)> _waiting = new();
    private bool _isRunning;

    /// <summary>The answer. Cancelling ends only the waiting.</summary>
    public Task<TAnswer> Ask(TAsk what, CancellationToken cancel)
    {
        var asked = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue((what, asked));
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
        var batch = new List<(TAsk What, TaskCompletionSource<TAnswer> Asked)>();
        while (Take(batch))
        {
            try
            {
                var answers = await call([.. batch.Select(b => b.What)]);
                for (var i = 0; i < batch.Count; i++)
                    batch[i].Asked.TrySetResult(answers[i]);
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

    private bool Take(List<(TAsk What, TaskCompletionSource<TAnswer> Asked)> batch)
    {
        lock (_lock)
        {
            while (batch.Count < MaxAsked && _waiting.TryDequeue(out var next))
                batch.Add(next);
            return _isRunning = batch.Count > 0;
        }
    }
}
