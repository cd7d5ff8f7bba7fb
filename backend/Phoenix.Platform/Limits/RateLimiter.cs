using Phoenix.Platform.Batching;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Time;
using StackExchange.Redis;

namespace Phoenix.Platform.Limits;

/// <summary>At most <paramref name="Permits"/> calls of one subject in a window that opens with its first call.</summary>
/// <param name="Name">Stable; part of the key.</param>
/// <param name="Permits">1 or more.</param>
/// <param name="Window">How long a window is.</param>
public sealed record RatePolicy(string Name, int Permits, TimeSpan Window);

/// <summary>Whether a call may go on; if not, when to try again.</summary>
/// <param name="IsAllowed">Whether it may.</param>
/// <param name="RetryAfter">When the window ends; zero if allowed.</param>
public readonly record struct RateDecision(bool IsAllowed, TimeSpan RetryAfter);

/// <summary>
/// Counts calls per policy and subject in Redis, over all nodes; while Redis is away, in this process (then every node grants the permits of
/// its own). Calls that come at once are counted by one script. Instants come from the clock, so a moved clock moves the windows.
/// </summary>
public sealed class RateLimiter
{
    /// <summary>Windows kept in this process's memory at most while Redis is away; subjects beyond them share one window per policy.</summary>
    public const int MaxLocalSubjects = LocalCounters.MaxSubjects;

    // A refused call isn't counted: whoever keeps knocking is let in when the window ends.
    private const string Count = """
        local waits = {}
        for i, key in ipairs(KEYS) do
          local now = tonumber(ARGV[3 * i - 2])
          local window = tonumber(ARGV[3 * i - 1])
          local start, n = string.match(redis.call('GET', key) or '', '^(%d+):(%d+)$')
          waits[i] = 0
          if not start or now >= tonumber(start) + window then
            redis.call('SET', key, ARGV[3 * i - 2] .. ':1', 'PX', ARGV[3 * i - 1])
          elseif tonumber(n) >= tonumber(ARGV[3 * i]) then
            waits[i] = tonumber(start) + window - now
          else
            redis.call('SET', key, start .. ':' .. string.format('%d', n + 1), 'KEEPTTL')
          end
        end
        return waits
        """;

    private readonly RedisGate _gate;
    private readonly Clock _clock;
    private readonly LocalCounters _local = new();
    private readonly SharedCalls<Asked, long?> _calls;

    /// <param name="gate">The way to Redis.</param>
    /// <param name="clock">Says when a window began.</param>
    public RateLimiter(RedisGate gate, Clock clock)
    {
        (_gate, _clock) = (gate, clock);
        _calls = new SharedCalls<Asked, long?>(CountAll);
    }

    /// <summary>Counts one call of <paramref name="subject"/> (an address, a person's id, a hash of a phone number).</summary>
    /// <exception cref="ArgumentException">The policy grants nothing: a bug.</exception>
    public async Task<RateDecision> Check(RatePolicy policy, string subject, CancellationToken cancel)
    {
        var now = _clock.Now.ToUnixTimeMilliseconds();
        var window = (long)policy.Window.TotalMilliseconds;
        if (policy.Permits < 1 || window < 1)
            throw new ArgumentException($"{policy.Name} grants nothing: it needs a permit and a window of a millisecond at least.", nameof(policy));
        var wait = await _calls.Ask(new Asked($"limit:{policy.Name}:{subject}", now, window, policy.Permits), cancel) ?? _local.Count(policy, subject, now, window);
        // No longer than a window, even if another node's clock was ahead.
        return new RateDecision(wait == 0, TimeSpan.FromMilliseconds(Math.Min(wait, window)));
    }

    // Milliseconds to wait, for each; null while Redis is away.
    private async Task<IReadOnlyList<long?>> CountAll(IReadOnlyList<Asked> asked)
    {
        var (keys, arguments) = (new RedisKey[asked.Count], new RedisValue[asked.Count * 3]);
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = asked[i].Key;
            (arguments[3 * i], arguments[(3 * i) + 1], arguments[(3 * i) + 2]) = (asked[i].Now, asked[i].Window, asked[i].Permits);
        }

        var reply = await _gate.Call(db => db.ScriptEvaluateAsync(Count, keys, arguments), CancellationToken.None);
        return reply.TryGet(out var waits) ? Array.ConvertAll((long[])waits!, w => (long?)w) : new long?[keys.Length];
    }

    private readonly record struct Asked(string Key, long Now, long Window, int Permits);
}
