using Phoenix.Platform.Redis;
using Phoenix.Platform.Time;

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
/// its own). Instants come from the clock, so a moved clock moves the windows.
/// </summary>
public sealed class RateLimiter(RedisGate gate, Clock clock)
{
    /// <summary>Windows kept in this process's memory at most while Redis is away; subjects beyond them share one window per policy.</summary>
    public const int MaxLocalSubjects = LocalCounters.MaxSubjects;

    // A refused call isn't counted: whoever keeps knocking is let in when the window ends.
    private const string Count = """
        local start = tonumber(redis.call('HGET', KEYS[1], 's') or '-1')
        local now = tonumber(ARGV[1])
        local window = tonumber(ARGV[2])
        if start < 0 or now >= start + window then
          redis.call('HSET', KEYS[1], 's', ARGV[1], 'n', '1')
          redis.call('PEXPIRE', KEYS[1], ARGV[2])
          return 0
        end
        if tonumber(redis.call('HGET', KEYS[1], 'n')) >= tonumber(ARGV[3]) then return start + window - now end
        redis.call('HINCRBY', KEYS[1], 'n', 1)
        return 0
        """;

    private readonly LocalCounters _local = new();

    /// <summary>Counts one call of <paramref name="subject"/> (an address, a person's id, a hash of a phone number).</summary>
    /// <exception cref="ArgumentException">The policy grants nothing: a bug.</exception>
    public async Task<RateDecision> Check(RatePolicy policy, string subject, CancellationToken cancel)
    {
        var now = clock.Now.ToUnixTimeMilliseconds();
        var window = (long)policy.Window.TotalMilliseconds;
        if (policy.Permits < 1 || window < 1)
            throw new ArgumentException($"{policy.Name} grants nothing: it needs a permit and a window of a millisecond at least.", nameof(policy));
        var reply = await gate.Call(db => db.ScriptEvaluateAsync(Count, [$"rate:{policy.Name}:{subject}"], [now, window, policy.Permits]), cancel);
        var wait = reply.TryGet(out var result) ? (long)result : _local.Count(policy, subject, now, window);
        // No longer than a window, even if another node's clock was ahead.
        return new RateDecision(wait == 0, TimeSpan.FromMilliseconds(Math.Min(wait, window)));
    }
}
