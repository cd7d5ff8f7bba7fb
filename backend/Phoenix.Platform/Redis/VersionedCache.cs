namespace Phoenix.Platform.Redis;

/// <summary>A cached text and the version of the row it was made from.</summary>
public sealed record CacheEntry(long Version, string Text);

/// <summary>
/// A cache for what has a version that only grows (a balance and its account's <c>seq</c>): a slow writer never puts an old text over a newer
/// one. Away or flushed, it is merely empty. An entry lives no longer than its time to live, which bounds how old an answer can be if Redis
/// was away while the row changed.
/// </summary>
public sealed class VersionedCache(RedisGate gate)
{
    /// <summary>Largest version: Lua counts in doubles.</summary>
    public const long MaxVersion = 1L << 53;

    /// <summary>Longest text, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    private const string PutIfNewer = """
        local held = redis.call('HGET', KEYS[1], 'v')
        if held and tonumber(held) >= tonumber(ARGV[1]) then return 0 end
        redis.call('HSET', KEYS[1], 'v', ARGV[1], 't', ARGV[2])
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        return 1
        """;

    /// <summary>What is cached, or null: not cached, or Redis is away.</summary>
    public async Task<CacheEntry?> Get(string key, CancellationToken cancel)
    {
        var reply = await gate.Call(db => db.HashGetAsync("cache:" + key, ["v", "t"]), cancel);
        return reply.TryGet(out var fields) && fields[0].TryParse(out long version) && fields[1].HasValue ? new CacheEntry(version, fields[1]!) : null;
    }

    /// <summary>Caches the text unless an entry of this or a newer version is there. Whether it was stored.</summary>
    /// <exception cref="ArgumentException">Version, length or time to live is outside its limits.</exception>
    public async Task<bool> Put(string key, CacheEntry entry, TimeSpan timeToLive, CancellationToken cancel)
    {
        if (entry.Version is < 0 or > MaxVersion || entry.Text.Length > MaxLength)
            throw new ArgumentException($"Version {entry.Version} or length {entry.Text.Length} is outside the cache's limits.", nameof(entry));
        ArgumentOutOfRangeException.ThrowIfLessThan(timeToLive, TimeSpan.FromMilliseconds(1));
        var reply = await gate.Call(
            db => db.ScriptEvaluateAsync(PutIfNewer, ["cache:" + key], [entry.Version, entry.Text, (long)timeToLive.TotalMilliseconds]), cancel);
        return reply.TryGet(out var stored) && (long)stored == 1;
    }

    /// <summary>Forgets the entry. False: Redis is away, and the entry stays until its time is over.</summary>
    public async Task<bool> Remove(string key, CancellationToken cancel) => (await gate.Call(db => db.KeyDeleteAsync("cache:" + key), cancel)).IsAvailable;
}
