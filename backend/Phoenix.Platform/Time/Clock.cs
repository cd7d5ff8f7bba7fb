namespace Phoenix.Platform.Time;

/// <summary>
/// The only source of instants. Wraps a <see cref="TimeProvider"/> and cuts to whole milliseconds in UTC, so that what is
/// written is what is read back on both databases (PostgreSQL keeps microseconds, SQLite is given Unix milliseconds).
/// </summary>
public sealed class Clock(TimeProvider time)
{
    /// <summary>The provider behind this clock, for timers and delays.</summary>
    public TimeProvider Provider { get; } = time;

    /// <summary>The present instant, UTC, in whole milliseconds.</summary>
    public DateTimeOffset Now => ToMilliseconds(Provider.GetUtcNow());

    /// <summary>Cuts an instant to whole milliseconds in UTC.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    /// <summary>Waits on this clock: a test clock that is moved on ends the wait.</summary>
    public Task Delay(TimeSpan delay, CancellationToken cancel = default) => Task.Delay(delay, Provider, cancel);
}
