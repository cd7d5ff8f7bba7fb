using Phoenix.Platform.Time;

namespace Phoenix.WeChat.Simulator.State;

/// <summary>What a token is worth.</summary>
internal enum TokenState
{
    Good,
    Expired,
    Wrong,
}

/// <summary>One of the account's two pools of access tokens. The other's tokens mean nothing to it.</summary>
internal sealed class TokenPool(string prefix, Clock clock, SimulatorText text)
{
    /// <summary>How long a token lives.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(7_200);

    /// <summary>A stable token is renewed in its last five minutes, and both are good for them.</summary>
    public static readonly TimeSpan RenewedBefore = TimeSpan.FromMinutes(5);

    /// <summary>Forced refreshes are at least this far apart; one that comes sooner refreshes nothing.</summary>
    public static readonly TimeSpan ForceApart = TimeSpan.FromSeconds(30);

    /// <summary>Forced refreshes of a day.</summary>
    public const int ForcesPerDay = 20;

    /// <summary>More than 32 characters: known clients take shorter ones for AppIds.</summary>
    private const int ChanceBytes = 96;

    private readonly List<Token> _tokens = [];
    private DateTimeOffset _forcedAt = DateTimeOffset.MinValue;
    private DateOnly _forceDay;
    private int _forces;

    private sealed record Token(string Text, DateTimeOffset ExpiresAt, DateTimeOffset GoodUntil);

    /// <summary>A new token; the one before goes on for <paramref name="overlap"/>.</summary>
    public (string Token, int ExpiresIn) Issue(TimeSpan overlap)
    {
        var now = clock.Now;
        if (_tokens is [.., var last] && last.GoodUntil > now + overlap)
            _tokens[^1] = last with { GoodUntil = now + overlap };
        return (Add(now), (int)Lifetime.TotalSeconds);
    }

    /// <summary>The present token until its last five minutes, then a new one.</summary>
    public (string Token, int ExpiresIn) Stable(bool force)
    {
        var now = clock.Now;
        if (force && MayForce(now))
        {
            for (var i = 0; i < _tokens.Count; i++)
                _tokens[i] = _tokens[i] with { GoodUntil = DateTimeOffset.MinValue };
            return (Add(now), (int)Lifetime.TotalSeconds);
        }

        return _tokens is [.., var last] && last.GoodUntil == last.ExpiresAt && last.ExpiresAt - now > RenewedBefore
            ? (last.Text, (int)(last.ExpiresAt - now).TotalSeconds)
            : (Add(now), (int)Lifetime.TotalSeconds);
    }

    /// <summary>Whether the token is good: superseded and forced-out ones are wrong, run-out ones expired.</summary>
    public TokenState Check(string token)
    {
        var now = clock.Now;
        return _tokens.FindLast(t => t.Text == token) switch
        {
            null => TokenState.Wrong,
            { } known when now < known.GoodUntil => TokenState.Good,
            { } known when now >= known.ExpiresAt => TokenState.Expired,
            _ => TokenState.Wrong,
        };
    }

    private string Add(DateTimeOffset now)
    {
        if (_tokens.Count == SimulatorLimits.TokensPerPool)
            _tokens.RemoveAt(0);
        var token = prefix + text.Opaque(ChanceBytes);
        _tokens.Add(new Token(token, now + Lifetime, now + Lifetime));
        return token;
    }

    private bool MayForce(DateTimeOffset now)
    {
        var day = CommunityTime.Shanghai.DayOf(now);
        if (day != _forceDay)
            (_forceDay, _forces) = (day, 0);
        if (_forces == ForcesPerDay || now - ForceApart < _forcedAt)
            return false;
        (_forcedAt, _forces) = (now, _forces + 1);
        return true;
    }
}
