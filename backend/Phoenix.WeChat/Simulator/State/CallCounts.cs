using Phoenix.Platform.Time;
using Phoenix.WeChat.Simulator.Api;

namespace Phoenix.WeChat.Simulator.State;

/// <summary>How often each endpoint was called this minute and today, and the limits that were set lower by hand.</summary>
internal sealed class CallCounts(Clock clock)
{
    private readonly Dictionary<string, Count> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int PerDay, int PerMinute)> _limits = new(StringComparer.Ordinal);

    private sealed record Count(DateOnly Day, int OfDay, long Minute, int OfMinute);

    /// <summary>Sets an endpoint's limits.</summary>
    public void Limit(string path, int perDay, int perMinute) => _limits[path] = (perDay, perMinute);

    /// <summary>Counts a call; the text of 45009 when it is one too many.</summary>
    public string? Add(PlatformEndpoint endpoint)
    {
        var count = Of(endpoint.Path);
        var (perDay, perMinute) = LimitsOf(endpoint);
        if (count.OfDay >= perDay)
            return "reach max api daily quota limit";
        if (count.OfMinute >= perMinute)
            return "api minute-quota reach limit, must slower, retry next minute";
        _counts[endpoint.Path] = count with { OfDay = count.OfDay + 1, OfMinute = count.OfMinute + 1 };
        return null;
    }

    public int Today(string path) => Of(path).OfDay;

    public (int PerDay, int PerMinute) LimitsOf(PlatformEndpoint endpoint) => _limits.GetValueOrDefault(endpoint.Path, (endpoint.PerDay, endpoint.PerMinute));

    public void Clear(string? path)
    {
        if (path is null)
            _counts.Clear();
        else
            _counts.Remove(path);
    }

    private Count Of(string path)
    {
        var now = clock.Now;
        var (day, minute) = (CommunityTime.Shanghai.DayOf(now), now.ToUnixTimeSeconds() / 60);
        var count = _counts.GetValueOrDefault(path) ?? new Count(day, 0, minute, 0);
        return new Count(day, count.Day == day ? count.OfDay : 0, minute, count.Minute == minute ? count.OfMinute : 0);
    }
}
