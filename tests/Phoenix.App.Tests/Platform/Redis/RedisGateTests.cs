using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Platform.Redis;

/// <summary>Redis missing, killed, hanging or misused never hurts a caller: the answer is "not available", soon.</summary>
public sealed class RedisGateTests(RedisServers servers) : IClassFixture<RedisServers>
{
    [Theory, InlineData("redis"), InlineData("garnet")]
    public async Task A_call_is_answered_and_keys_carry_the_prefix(string server)
    {
        await using var one = await servers.Gate(server).Connected();
        await using var other = await servers.Gate(server).Connected();
        Assert.True((await one.Call(db => db.StringSetAsync("k", "v", TimeSpan.FromMinutes(1)), Cancel)).Value);
        Assert.Equal("v", (await one.Call(db => db.StringGetAsync("k"), Cancel)).Value);
        Assert.True((await other.Call(db => db.StringGetAsync("k"), Cancel)).Value.IsNull);
        Assert.Equal(new RedisHealth(RedisState.Up, null, null), one.Health);
    }

    [Fact]
    public async Task Missing_at_the_start_is_fine_and_it_connects_by_itself_later()
    {
        await using var redis = await RedisServer.Create();
        await redis.Kill();
        await using var gate = Gates.New(redis.Address);
        Assert.Equal(RedisState.Untried, gate.Health.State);
        Assert.False((await gate.Try()).IsAvailable);
        Assert.Equal(RedisState.Down, gate.Health.State);
        await redis.Start();
        await gate.Connected();
    }

    [Fact]
    public async Task Killed_under_use_it_is_reported_down_and_comes_back_without_a_restart_of_ours()
    {
        await using var redis = await RedisServer.Create();
        await using var gate = await Gates.New(redis.Address).Connected();
        await redis.Kill();
        await Gates.Until(async () => !(await gate.Try()).IsAvailable);
        Assert.NotNull(gate.Health.DownSince);
        await redis.Start();
        await gate.Connected();
        Assert.Null(gate.Health.DownSince);
    }

    [Fact]
    public async Task A_hanging_server_costs_a_call_no_more_than_its_timeout_and_then_nothing()
    {
        await using var redis = await RedisServer.Create();
        await using var gate = await Gates.New(redis.Address).Connected();
        await redis.Hang();
        try
        {
            var watch = Stopwatch.StartNew();
            Assert.False((await gate.Try()).IsAvailable);
            Assert.InRange(watch.ElapsedMilliseconds, 0, 1_500);

            await Gates.Until(async () => !(await gate.Try()).IsAvailable && gate.Health.State == RedisState.BreakerOpen);
            watch.Restart();
            for (var i = 0; i < 100 && gate.Health.State == RedisState.BreakerOpen; i++)
                await gate.Try();
            Assert.InRange(watch.ElapsedMilliseconds, 0, 1_500);
        }
        finally
        {
            await redis.Wake();
        }

        await gate.Connected();
    }

    [Fact]
    public async Task The_breaker_opens_after_failures_refuses_at_once_and_closes_after_its_break()
    {
        var time = new FakeTimeProvider();
        await using var redis = await RedisServer.Create();
        await using var gate = Gates.New(redis.Address, new Clock(time));
        Assert.True((await gate.Try()).IsAvailable);
        var calls = 0;
        async Task<RedisReply<bool>> Fail() => await gate.Call<bool>(_ => { calls++; throw new TimeoutException("planted"); }, Cancel);

        for (var i = 0; i < RedisGate.BreakerFailures; i++)
            Assert.False((await Fail()).IsAvailable);
        Assert.Equal(RedisState.BreakerOpen, gate.Health.State);
        var made = calls;
        Assert.False((await Fail()).IsAvailable);
        Assert.Equal(made, calls);

        time.Advance(RedisGate.BreakerBreak + TimeSpan.FromMilliseconds(1));
        Assert.True((await gate.Try()).IsAvailable);
        Assert.Equal(RedisState.Up, gate.Health.State);
    }

    [Fact]
    public async Task A_bug_in_a_call_is_thrown_and_a_caller_that_went_away_is_no_failure_of_redis()
    {
        await using var gate = await servers.Gate("redis").Connected();
        await Assert.ThrowsAsync<InvalidCastException>(() => gate.Call<bool>(_ => throw new InvalidCastException(), Cancel));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.Call(db => db.PingAsync(), new CancellationToken(canceled: true)));
        Assert.Equal(RedisState.Up, gate.Health.State);
    }

    [Fact]
    public async Task A_wrong_password_is_not_available_and_not_in_the_health_report()
    {
        await using var gate = Gates.New(servers.Configuration("garnet").Split(',')[0] + ",password=wrong-secret");
        Assert.False((await gate.Try()).IsAvailable);
        Assert.DoesNotContain("secret", gate.Health.ToString(), StringComparison.Ordinal);
    }
}
