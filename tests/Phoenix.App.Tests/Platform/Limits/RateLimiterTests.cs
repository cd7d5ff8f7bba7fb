using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Phoenix.App.Tests.Platform.Redis;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Platform.Limits;

/// <summary>Limits hold with Redis across nodes, and without Redis on each.</summary>
public sealed class RateLimiterTests(RedisServers servers) : IClassFixture<RedisServers>
{
    private static readonly RatePolicy s_three = new("look-up", 3, TimeSpan.FromMinutes(1));

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));

    [Theory, InlineData("redis"), InlineData("garnet"), InlineData("none")]
    public async Task Three_are_allowed_the_fourth_waits_for_the_window(string server)
    {
        await using var missing = await RedisServer.Create();
        await missing.Kill();
        await using var gate = string.Equals(server, "none", StringComparison.Ordinal) ? Gates.New(missing.Address) : await servers.Gate(server).Connected();
        var limiter = new RateLimiter(gate, new Clock(_time));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new RateDecision(true, TimeSpan.Zero), await limiter.Check(s_three, "a", Cancel));
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(new RateDecision(false, TimeSpan.FromSeconds(30)), await limiter.Check(s_three, "a", Cancel));
        Assert.True((await limiter.Check(s_three, "b", Cancel)).IsAllowed);
        Assert.True((await limiter.Check(s_three with { Name = "other" }, "a", Cancel)).IsAllowed);

        _time.Advance(TimeSpan.FromSeconds(29.999));
        Assert.Equal(TimeSpan.FromMilliseconds(1), (await limiter.Check(s_three, "a", Cancel)).RetryAfter);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True((await limiter.Check(s_three, "a", Cancel)).IsAllowed);
        Assert.Equal(string.Equals(server, "none", StringComparison.Ordinal) ? RedisState.Down : RedisState.Up, gate.Health.State == RedisState.BreakerOpen ? RedisState.Down : gate.Health.State);
    }

    [Theory, InlineData("redis"), InlineData("garnet")]
    public async Task Two_nodes_share_the_permits(string server)
    {
        await using var gate = await servers.Gate(server).Connected();
        RateLimiter[] nodes = [new(gate, new Clock(_time)), new(gate, new Clock(_time))];
        var decisions = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => nodes[i % 2].Check(s_three, "a", Cancel)));
        Assert.Equal(3, decisions.Count(d => d.IsAllowed));
    }

    [Fact]
    public async Task Redis_killed_or_flushed_under_use_leaves_calls_limited()
    {
        await using var redis = await RedisServer.Create();
        await using var gate = await Gates.New(redis.Address).Connected();
        var limiter = new RateLimiter(gate, new Clock(_time));
        for (var i = 0; i < 3; i++)
            Assert.True((await limiter.Check(s_three, "a", Cancel)).IsAllowed);
        await redis.FlushAll();
        await redis.Kill();
        var allowed = 0;
        for (var i = 0; i < 50; i++)
            allowed += (await limiter.Check(s_three, "a", Cancel)).IsAllowed ? 1 : 0;
        Assert.Equal(3, allowed);
    }

    [Fact]
    public async Task A_flood_of_made_up_subjects_fills_no_memory_and_gets_around_nothing()
    {
        await using var missing = await RedisServer.Create();
        await missing.Kill();
        await using var gate = Gates.New(missing.Address, new Clock(_time));
        var limiter = new RateLimiter(gate, new Clock(_time));
        for (var i = 0; i < RateLimiter.MaxLocalSubjects; i++)
            Assert.True((await limiter.Check(s_three, i.ToString(CultureInfo.InvariantCulture), Cancel)).IsAllowed);

        var allowed = 0;
        for (var i = 0; i < 100; i++)
            allowed += (await limiter.Check(s_three, "late-" + i.ToString(CultureInfo.InvariantCulture), Cancel)).IsAllowed ? 1 : 0;
        Assert.Equal(3, allowed);
        // Who was known before the flood keeps a window of their own.
        Assert.True((await limiter.Check(s_three, "0", Cancel)).IsAllowed);

        _time.Advance(s_three.Window);
        for (var i = 0; i < 5; i++)
            Assert.True((await limiter.Check(s_three, "after-" + i.ToString(CultureInfo.InvariantCulture), Cancel)).IsAllowed);
    }

    [Fact]
    public async Task A_policy_that_grants_nothing_is_a_bug()
    {
        await using var gate = servers.Gate("redis");
        var limiter = new RateLimiter(gate, new Clock(_time));
        await Assert.ThrowsAsync<ArgumentException>(() => limiter.Check(s_three with { Permits = 0 }, "a", Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => limiter.Check(s_three with { Window = TimeSpan.Zero }, "a", Cancel));
    }
}
