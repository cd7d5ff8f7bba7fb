using Phoenix.Platform.Redis;

namespace Phoenix.App.Tests.Platform.Redis;

/// <summary>Only a newer version overwrites; an empty or missing cache is harmless.</summary>
public sealed class VersionedCacheTests(RedisServers servers) : IClassFixture<RedisServers>
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Theory, InlineData("redis"), InlineData("garnet")]
    public async Task An_older_or_equal_version_is_refused_and_a_newer_one_stored(string server)
    {
        await using var gate = await servers.Gate(server).Connected();
        var cache = new VersionedCache(gate);
        Assert.Null(await cache.Get("a", Cancel));
        Assert.True(await cache.Put("a", new CacheEntry(9, "九"), s_minute, Cancel));
        Assert.False(await cache.Put("a", new CacheEntry(9, "again"), s_minute, Cancel));
        Assert.False(await cache.Put("a", new CacheEntry(8, "late"), s_minute, Cancel));
        Assert.Equal(new CacheEntry(9, "九"), await cache.Get("a", Cancel));
        // As a number, not as a text: 10 is after 9.
        Assert.True(await cache.Put("a", new CacheEntry(10, "十"), s_minute, Cancel));
        Assert.True(await cache.Put("a", new CacheEntry(VersionedCache.MaxVersion, "last"), s_minute, Cancel));
        Assert.False(await cache.Put("a", new CacheEntry(VersionedCache.MaxVersion - 1, "late"), s_minute, Cancel));
        Assert.Equal("last", (await cache.Get("a", Cancel))!.Text);
        Assert.True(await cache.Remove("a", Cancel));
        Assert.Null(await cache.Get("a", Cancel));
    }

    [Theory, InlineData("redis"), InlineData("garnet")]
    public async Task An_entry_ends_with_its_time_to_live(string server)
    {
        await using var gate = await servers.Gate(server).Connected();
        var cache = new VersionedCache(gate);
        Assert.True(await cache.Put("a", new CacheEntry(1, "x"), TimeSpan.FromMilliseconds(50), Cancel));
        await Gates.Until(async () => await cache.Get("a", Cancel) is null);
        Assert.Equal(RedisState.Up, gate.Health.State);
    }

    [Fact]
    public async Task Of_many_writers_at_once_the_newest_version_stays()
    {
        await using var gate = await servers.Gate("redis").Connected();
        var cache = new VersionedCache(gate);
        await Task.WhenAll(Enumerable.Range(1, 50).Reverse().Select(v => cache.Put("a", new CacheEntry(v, $"{v}"), s_minute, Cancel)));
        Assert.Equal(new CacheEntry(50, "50"), await cache.Get("a", Cancel));
    }

    [Fact]
    public async Task Flushed_and_down_it_is_merely_empty()
    {
        await using var redis = await RedisServer.Create();
        await using var gate = await Gates.New(redis.Address).Connected();
        var cache = new VersionedCache(gate);
        Assert.True(await cache.Put("a", new CacheEntry(5, "x"), s_minute, Cancel));
        await redis.FlushAll();
        Assert.Null(await cache.Get("a", Cancel));
        await redis.Kill();
        Assert.False(await cache.Put("a", new CacheEntry(6, "y"), s_minute, Cancel));
        Assert.Null(await cache.Get("a", Cancel));
        Assert.False(await cache.Remove("a", Cancel));
    }

    [Fact]
    public async Task What_is_over_the_limits_is_a_bug_of_the_caller()
    {
        await using var gate = servers.Gate("redis");
        var cache = new VersionedCache(gate);
        await Assert.ThrowsAsync<ArgumentException>(() => cache.Put("a", new CacheEntry(-1, "x"), s_minute, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => cache.Put("a", new CacheEntry(1, new string('x', VersionedCache.MaxLength + 1)), s_minute, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => cache.Put("a", new CacheEntry(1, "x"), TimeSpan.Zero, Cancel));
    }
}
