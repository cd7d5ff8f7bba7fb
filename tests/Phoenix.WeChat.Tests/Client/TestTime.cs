using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Phoenix.WeChat.Tests.Client;

/// <summary>
/// A clock that only moves when the test says so, in one of two ways: by hand, or by a rule that moves it as soon as somebody begins to wait for so
/// long. Nothing waits in real time.
/// </summary>
internal sealed class TestTime() : FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 2, 0, 20, TimeSpan.Zero))
{
    private readonly ConcurrentDictionary<TimeSpan, TimeSpan> _rules = new();

    /// <summary>Every wait that was begun and cut short by a rule, in order.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    /// <summary>Moves the clock on by <paramref name="by"/> (the wait itself if null) when somebody begins to wait for <paramref name="wait"/>.</summary>
    public TestTime Hurry(TimeSpan wait, TimeSpan? by = null)
    {
        _rules[wait] = by ?? wait;
        return this;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (_rules.TryGetValue(dueTime, out var by))
        {
            Waits.Enqueue(dueTime);
            // Behind the caller's back: it must first have the timer in its hands.
            _ = Task.Run(() => Advance(by));
        }

        return timer;
    }
}
