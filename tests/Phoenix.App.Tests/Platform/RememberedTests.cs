using Phoenix.Platform.Batching;

namespace Phoenix.App.Tests.Platform;

/// <summary>A memory holds no more than it may, and forgetting costs a read and nothing else.</summary>
public sealed class RememberedTests
{
    [Fact]
    public void The_latest_value_is_kept_and_a_forgotten_one_is_gone()
    {
        var memory = new Remembered<int, string>(10);
        Assert.False(memory.TryGet(1, out _));
        Assert.Equal("a", memory.Keep(1, "a"));
        memory.Keep(1, "b");
        Assert.True(memory.TryGet(1, out var value));
        Assert.Equal("b", value);
        memory.Forget(1);
        Assert.False(memory.TryGet(1, out _));
    }

    [Fact]
    public void Past_the_most_it_starts_anew_and_goes_on_remembering()
    {
        var memory = new Remembered<int, int>(10);
        var most = 0;
        for (var i = 0; i < 1_000; i++)
        {
            // Kept twice, and sometimes forgotten: neither makes it count wrong.
            memory.Keep(i, i);
            memory.Keep(i, -i);
            if (i % 7 == 0)
                memory.Forget(i);
            most = Math.Max(most, Enumerable.Range(0, i + 1).Count(k => memory.TryGet(k, out _)));
        }

        Assert.InRange(most, 8, 9);
    }
}
