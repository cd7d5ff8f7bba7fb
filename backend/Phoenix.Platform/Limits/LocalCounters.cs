namespace Phoenix.Platform.Limits;

/// <summary>
/// The same count in this process's memory, at most <see cref="MaxSubjects"/> windows: a subject beyond them shares one window per policy
/// with all others beyond them, so that a flood of made-up subjects neither fills the memory nor gets around the limit.
/// </summary>
internal sealed class LocalCounters
{
    /// <summary>Windows kept at most, the shared ones aside.</summary>
    public const int MaxSubjects = 20_000;

    /// <summary>How often ended windows are looked for when there is no room, in milliseconds.</summary>
    private const long SweepMilliseconds = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Policy, string Subject), (long End, int Used)> _windows = [];
    private readonly Dictionary<string, (long End, int Used)> _shared = new(StringComparer.Ordinal);
    private long _nextSweep;

    /// <summary>Counts one call; 0 if allowed, else the milliseconds until the window ends.</summary>
    public long Count(RatePolicy policy, string subject, long now, long window)
    {
        var key = (policy.Name, subject);
        lock (_lock)
        {
            if (!_windows.ContainsKey(key) && !HasRoom(now))
                return CountIn(_shared, policy.Name, policy.Permits, now, window);
            return CountIn(_windows, key, policy.Permits, now, window);
        }
    }

    private static long CountIn<TKey>(Dictionary<TKey, (long End, int Used)> windows, TKey key, int permits, long now, long window)
        where TKey : notnull
    {
        if (!windows.TryGetValue(key, out var held) || now >= held.End)
        {
            windows[key] = (now + window, 1);
            return 0;
        }

        if (held.Used >= permits)
            return held.End - now;
        windows[key] = held with { Used = held.Used + 1 };
        return 0;
    }

    private bool HasRoom(long now)
    {
        if (_windows.Count < MaxSubjects)
            return true;
        if (now < _nextSweep)
            return false;
        _nextSweep = now + SweepMilliseconds;
        foreach (var (key, held) in _windows)
            if (now >= held.End)
                _windows.Remove(key);
        return _windows.Count < MaxSubjects;
    }
}
