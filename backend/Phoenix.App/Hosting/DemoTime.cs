using Phoenix.Platform.Time;

namespace Phoenix.App.Hosting;

/// <summary>
/// The clock of an embedded host that names the simulator: the system's, walked ahead from the simulator's side, so that an afternoon shows a whole shift, and a minute a
/// month end. It never goes back: what is in the books would be in the future. Timers run as ever; what is due is found at their next turn, or when the jobs are woken.
/// </summary>
/// <param name="startsAt">What it shows when it is made; null: the system's time.</param>
public sealed class DemoTime(DateTimeOffset? startsAt = null) : TimeProvider
{
    /// <summary>So far ahead of the system's clock at most.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromDays(400);

    private static readonly Clock s_system = new(System);

    private long _aheadTicks = startsAt is { } at ? (at - s_system.Now).Ticks : 0;

    /// <summary>How far it is ahead of the system's clock; below zero if it started in the past.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref _aheadTicks));

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => s_system.Now + Ahead;

    /// <summary>Walks it on; false for a step back, or one too far.</summary>
    public bool TryWalk(TimeSpan step)
    {
        if (step < TimeSpan.Zero || step > MostAhead - Ahead)
            return false;
        Interlocked.Add(ref _aheadTicks, step.Ticks);
        return true;
    }
}
