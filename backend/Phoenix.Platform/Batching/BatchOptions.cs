using Phoenix.Platform.Data;

namespace Phoenix.Platform.Batching;

/// <summary>Settings of one <see cref="BatchWriter{TIn,TOut}"/>.</summary>
public sealed record BatchOptions
{
    /// <summary>Names the writer in metrics and health.</summary>
    public required string Name { get; init; }

    /// <summary>Items that may wait; the next is refused.</summary>
    public int Capacity { get; init; } = 8192;

    /// <summary>Items of one transaction.</summary>
    public int MaxBatch { get; init; } = 256;

    /// <summary>Attempts of a batch while the database is away or in conflict, the first among them.</summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>The wait before the second repetition, doubled each time up to <see cref="MaxPause"/>. The first repetition is at once.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait between attempts.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What a failure means; <see cref="Database.Classify"/>.</summary>
    public required Func<Exception, DatabaseFault> Classify { get; init; }
}

/// <summary>A writer's state, for health.</summary>
/// <param name="Name">The writer.</param>
/// <param name="Waiting">Items accepted and not yet taken into a batch.</param>
/// <param name="Capacity">The most that may wait.</param>
/// <param name="LastCommit">When a batch last committed, or null.</param>
/// <param name="LastFault">What last went wrong, in English, or null; null again after a commit.</param>
/// <param name="Stopping">Whether it takes nothing new.</param>
public sealed record BatchWriterState(string Name, int Waiting, int Capacity, DateTimeOffset? LastCommit, string? LastFault, bool Stopping);
