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

    [Theory, InlineData(90), InlineData(-90)]
    public void It_starts_ahead_or_behind_and_walks_from_there(int days)
    {
        var (machine, ahead) = (new Clock(TimeProvider.System), TimeSpan.FromDays(days));
        var time = new DemoTime(ahead);
        Assert.True(time.TryWalk(TimeSpan.FromHours(3)));
        var before = machine.Now;
        var shown = new Clock(time).Now - ahead - TimeSpan.FromHours(3);
        Assert.InRange(shown, before, machine.Now);
    }
}
