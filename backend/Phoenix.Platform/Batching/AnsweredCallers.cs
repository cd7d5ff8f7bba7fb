namespace Phoenix.Platform.Batching;

/// <summary>
/// The callers just answered stand in the pool's queues; a place behind them lets those who have more hand it in first, and the next batch is twice as full.
/// No timer: with nobody waiting for the pool it costs microseconds.
/// </summary>
internal static class AnsweredCallers
{
    /// <summary>Ends behind everything that waits for the pool now.</summary>
    public static Task Next() => Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
}
