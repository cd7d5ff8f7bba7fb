using Phoenix.Platform.Time;

namespace Phoenix.WeChat.Simulator.State;

/// <summary>What a code is for.</summary>
internal enum CodeKind
{
    Login,
    Phone,
}

/// <summary>The codes of wx.login and of the phone button: each works once, for five minutes.</summary>
internal sealed class OneTimeCodes(Clock clock, SimulatorText text)
{
    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int LoginBytes = 24;
    private const int PhoneBytes = 32;

    private readonly Dictionary<string, Code> _codes = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    private sealed record Code(CodeKind Kind, SimulatedUser User, DateTimeOffset ExpiresAt, bool IsUsed);

    /// <summary>A new code of this user.</summary>
    public string Make(CodeKind kind, SimulatedUser user)
    {
        if (_codes.Count == SimulatorLimits.Codes)
            _codes.Remove(_order.Dequeue());
        var code = kind == CodeKind.Login ? text.Opaque(LoginBytes) : text.Hex(PhoneBytes);
        _codes[code] = new Code(kind, user, clock.Now + Lifetime, IsUsed: false);
        _order.Enqueue(code);
        return code;
    }

    /// <summary>Uses a code up: its user, or 40029 (wrong, expired, of the other kind) or 40163 (used).</summary>
    public (SimulatedUser? User, int Error) Use(CodeKind kind, string code)
    {
        if (!_codes.TryGetValue(code, out var known) || known.Kind != kind || clock.Now >= known.ExpiresAt)
            return (null, 40029);
        if (known.IsUsed)
            return (null, 40163);
        _codes[code] = known with { IsUsed = true };
        return (known.User, 0);
    }
}
