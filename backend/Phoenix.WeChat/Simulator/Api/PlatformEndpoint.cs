namespace Phoenix.WeChat.Simulator.Api;

/// <summary>What an endpoint wants before it is asked.</summary>
internal enum Needs
{
    /// <summary>Nothing: it checks AppId and secret itself.</summary>
    Nothing,

    /// <summary>A good access_token in the query.</summary>
    Token,
}

/// <summary>One endpoint of the platform.</summary>
/// <param name="Method">The only method it takes.</param>
/// <param name="Path">At WeChat.</param>
/// <param name="Needs">What is checked first.</param>
/// <param name="Run">Answers, under the simulator's lock.</param>
internal sealed record PlatformEndpoint(string Method, string Path, Needs Needs, Func<WeChatSimulator, PlatformCall, PlatformAnswer> Run)
{
    /// <summary>Calls of a day; 45009 beyond them.</summary>
    public int PerDay { get; init; } = 1_000_000;

    /// <summary>Calls of a minute; 45009 beyond them.</summary>
    public int PerMinute { get; init; } = 100_000;

    /// <summary>What only one call at a time may be about, where WeChat minds: the openid of a message.</summary>
    public Func<PlatformCall, string?>? OneAtATime { get; init; }
}

/// <summary>Every endpoint there is.</summary>
internal static class PlatformTable
{
    public static readonly IReadOnlyDictionary<string, PlatformEndpoint> Endpoints =
        new[] { Login.Endpoints, Tokens.Endpoints, Messages.Endpoints, Templates.Endpoints, Codes.Endpoints, Content.Endpoints, Sessions.Endpoints, Links.Endpoints, Introspection.Endpoints }
            .SelectMany(group => group)
            .ToDictionary(endpoint => endpoint.Path, StringComparer.Ordinal);
}
