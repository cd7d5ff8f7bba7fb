using System.Text.Json;
using Phoenix.WeChat.Simulator.State;

namespace Phoenix.WeChat.Simulator.Api;

/// <summary>generateUrlLink and generateScheme: links that open a page of the mini program.</summary>
internal static class Links
{
    /// <summary>The longest that a link lives.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private const int QueryLength = 1_024;
    private const int LinkBytes = 9;

    public static readonly PlatformEndpoint[] Endpoints =
    [
        new("POST", "/wxa/generate_urllink", Needs.Token, UrlLink) { PerDay = 500_000 },
        new("POST", "/wxa/generatescheme", Needs.Token, Scheme) { PerDay = 500_000 },
    ];

    private static PlatformAnswer UrlLink(WeChatSimulator sim, PlatformCall call)
    {
        Login.Json(call);
        return PlatformAnswer.Ok(("url_link", Make(sim, "https://wxaurl.cn/", call.Text("path"), call.Text("query"), call.Text("env_version"), Expiry(sim, call))));
    }

    private static PlatformAnswer Scheme(WeChatSimulator sim, PlatformCall call)
    {
        Login.Json(call);
        string? Inner(string name) => call.Member("jump_wxa") is { ValueKind: JsonValueKind.Object } jump && jump.TryGetProperty(name, out var member) ? PlatformCall.TextOf(member) : null;
        return PlatformAnswer.Ok(("openlink", Make(sim, "weixin://dl/business/?t=", Inner("path"), Inner("query"), Inner("env_version"), Expiry(sim, call))));
    }

    private static string Make(WeChatSimulator sim, string prefix, string? path, string? query, string? version, DateTimeOffset expiresAt)
    {
        var page = path?.TrimStart('/') ?? "";
        if (page.Contains('?', StringComparison.Ordinal) || page.Length > 0 && !Pages.IsReleased(page, version is null or "release" ? sim.CurrentSettings : new SimulatorSettings()))
            throw new PlatformRefusal(40165);
        if (query is { Length: > QueryLength } || query is not null && !query.All(char.IsAscii))
            throw new PlatformRefusal(40212);
        if (version is not (null or "release" or "trial" or "develop"))
            throw new PlatformRefusal(40097, "invalid args env_version");
        var link = prefix + sim.Text.Opaque(LinkBytes);
        sim.MadeLinks.Add(link, new MadeLink(page, query ?? "", expiresAt));
        return link;
    }

    // expire_type 0: expire_time, Unix seconds; 1: expire_interval, days. Without either it lives as long as it may.
    private static DateTimeOffset Expiry(WeChatSimulator sim, PlatformCall call)
    {
        var now = sim.Clock.Now;
        if (call.Number("expire_type") is 1)
            return call.Number("expire_interval") is >= 1 and var days && days <= Longest.TotalDays ? now.AddDays(days) : throw new PlatformRefusal(85402);
        if (call.Member("expire_time") is null)
            return now + Longest;
        var seconds = call.Number("expire_time") ?? 0;
        return seconds > now.ToUnixTimeSeconds() && seconds <= (now + Longest).ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : throw new PlatformRefusal(85401);
    }
}
