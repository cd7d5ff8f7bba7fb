using System.Globalization;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Hosting;

/// <summary>The clock of a demo: ahead, never back, never too far.</summary>
public sealed class DemoTimeTests
{
    [Fact]
    public void It_walks_ahead_of_the_machine_s_clock_and_never_back()
    {
        var time = new DemoTime();
        var (demo, machine) = (new Clock(time), new Clock(TimeProvider.System));
        Assert.True(time.TryWalk(TimeSpan.FromHours(3)));
        Assert.True(time.TryWalk(TimeSpan.Zero));
        var before = machine.Now + TimeSpan.FromHours(3);
        var now = demo.Now;
        Assert.InRange(now, before, machine.Now + TimeSpan.FromHours(3));
        Assert.False(time.TryWalk(TimeSpan.FromTicks(-1)));
        Assert.False(time.TryWalk(DemoTime.MostAhead - TimeSpan.FromHours(3) + TimeSpan.FromTicks(1)));
        Assert.Equal(TimeSpan.FromHours(3), time.Ahead);
        Assert.True(time.TryWalk(DemoTime.MostAhead - TimeSpan.FromHours(3)));
        Assert.False(time.TryWalk(TimeSpan.MaxValue));
        Assert.Equal(DemoTime.MostAhead, time.Ahead);
    }

    [Theory, InlineData("2026-12-09T08:00+08:00"), InlineData("2020-01-31T23:59+08:00")]
    public void It_starts_where_it_is_told_and_goes_on_with_the_machine_s(string at)
    {
        var (machine, start) = (new Clock(TimeProvider.System), DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));
        var before = machine.Now;
        var time = new DemoTime(start);
        Assert.InRange(time.GetUtcNow() - start, TimeSpan.Zero, machine.Now - before);
        Assert.True(time.TryWalk(TimeSpan.FromHours(3)));
        Assert.InRange(time.GetUtcNow() - start - TimeSpan.FromHours(3), TimeSpan.Zero, machine.Now - before);
    }
}
