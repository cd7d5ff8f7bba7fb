using Phoenix.Platform.Ids;
using Phoenix.Platform.Redis;

namespace Phoenix.App.Tests.Platform.Redis;

/// <summary>A lease saves work and never stops anyone.</summary>
public sealed class LeasesTests(RedisServers servers) : IClassFixture<RedisServers>
{
    [Theory, InlineData("redis"), InlineData("garnet")]
    public async Task One_holds_it_the_other_goes_on_without_and_a_given_back_one_is_free(string server)
    {
        await using var gate = await servers.Gate(server).Connected();
        var leases = new Leases(gate, new SystemRandomness());
        var first = await leases.Take("shift/1", Cancel);
        Assert.True(first.IsHeld);
        await using (var second = await leases.Take("shift/1", Cancel))
            Assert.False(second.IsHeld);
        await using (var other = await leases.Take("shift/2", Cancel))
            Assert.True(other.IsHeld);

        await first.DisposeAsync();
        await using var third = await leases.Take("shift/1", Cancel);
        Assert.True(third.IsHeld);
    }

    [Theory, InlineData("redis"), InlineData("garnet")]
    public async Task A_brief_one_is_the_same_lease_and_only_its_owner_gives_it_back(string server)
    {
        await using var gate = await servers.Gate(server).Connected();
        var leases = new Leases(gate, new SystemRandomness());
        var first = await leases.TakeBriefly("shift/3", Cancel);
        Assert.True(first.IsHeld);
        await using (var second = await leases.TakeBriefly("shift/3", Cancel))
            Assert.False(second.IsHeld);
        await using (var third = await leases.Take("shift/3", Cancel))
            Assert.False(third.IsHeld);

        // It ended by itself, and another has it: the first one's end takes nothing from that.
        await gate.Call(db => db.KeyDeleteAsync("lease:shift/3"), Cancel);
        var other = await leases.TakeBriefly("shift/3", Cancel);
        Assert.True(other.IsHeld);
        await first.DisposeAsync();
        await using (var fourth = await leases.TakeBriefly("shift/3", Cancel))
            Assert.False(fourth.IsHeld);
        await other.DisposeAsync();
        await using var fifth = await leases.TakeBriefly("shift/3", Cancel);
        Assert.True(fifth.IsHeld);
    }

    [Theory, InlineData("redis"), InlineData("garnet")]
    public async Task Of_many_who_come_at_once_one_holds_each_lease_and_all_are_free_afterwards(string server)
    {
        await using var gate = await servers.Gate(server).Connected();
        var leases = new Leases(gate, new SystemRandomness());
        for (var round = 0; round < 2; round++)
        {
            var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i => (Name: i % 10, Lease: await leases.TakeBriefly($"crowd/{i % 10}", Cancel))));
            Assert.Equal(Enumerable.Range(0, 10), taken.Where(t => t.Lease.IsHeld).Select(t => t.Name).Order());
            foreach (var (_, lease) in taken)
                await lease.DisposeAsync();
        }
    }

    [Fact]
    public async Task Without_redis_the_caller_goes_on_with_a_stand_in()
    {
        await using var redis = await RedisServer.Create();
        await redis.Kill();
        await using var gate = Gates.New(redis.Address);
        await using var lease = await new Leases(gate, new SystemRandomness()).Take("x", Cancel);
        Assert.False(lease.IsHeld);
    }

    [Fact]
    public async Task Redis_killed_while_a_lease_is_held_doesnt_hurt_its_holder()
    {
        await using var redis = await RedisServer.Create();
        await using var gate = await Gates.New(redis.Address).Connected();
        var lease = await new Leases(gate, new SystemRandomness()).Take("x", Cancel);
        Assert.True(lease.IsHeld);
        await redis.Kill();
        await lease.DisposeAsync();
    }
}
