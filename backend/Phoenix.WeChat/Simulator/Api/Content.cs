using System.Text.Json.Nodes;
using Phoenix.WeChat.Push;
using Phoenix.WeChat.Simulator.State;

namespace Phoenix.WeChat.Simulator.Api;

/// <summary>msgSecCheck and mediaCheckAsync, version 2.</summary>
internal static class Content
{
    /// <summary>Only who used the mini program this recently can be judged.</summary>
    public static readonly TimeSpan ActiveWithin = TimeSpan.FromHours(2);

    private const int LongestText = 2_500;
    private const int NothingFound = 100;
    private const int TraceBytes = 16;

    public static readonly PlatformEndpoint[] Endpoints =
    [
        new("POST", "/wxa/msg_sec_check", Needs.Token, Text) { PerDay = 2_000_000, PerMinute = 4_000 },
        new("POST", "/wxa/media_check_async", Needs.Token, Media) { PerDay = 200_000, PerMinute = 2_000 },
    ];

    /// <summary>WeChat's word for a judgement.</summary>
    public static string WordOf(Suggestion suggestion) => suggestion switch
    {
        Suggestion.Pass => "pass",
        Suggestion.Risky => "risky",
        _ => "review",
    };

    private static PlatformAnswer Text(WeChatSimulator sim, PlatformCall call)
    {
        Login.Json(call);
        Checkable(sim, call);
        var content = call.Text("content") ?? throw new PlatformRefusal(44004);
        if (content.Length > LongestText)
            throw new PlatformRefusal(45002);
        var all = $"{content}\n{call.Text("title")}\n{call.Text("nickname")}\n{call.Text("signature")}";
        var found = sim.CurrentSettings.PlantedWords.Where(word => all.Contains(word.Word, StringComparison.Ordinal)).ToList();
        // The worst word decides.
        var worst = found.Find(word => word.Suggestion == Suggestion.Risky) ?? found.FirstOrDefault();
        var (suggest, label) = worst is null ? ("pass", NothingFound) : (WordOf(worst.Suggestion), worst.Label);
        var details = new JsonArray([new JsonObject { ["strategy"] = "content_model", ["errcode"] = 0, ["suggest"] = suggest, ["label"] = label, ["prob"] = 90 }]);
        foreach (var word in found)
            details.Add((JsonNode)new JsonObject { ["strategy"] = "keyword", ["errcode"] = 0, ["suggest"] = WordOf(word.Suggestion), ["label"] = word.Label, ["level"] = 90, ["keyword"] = word.Word });
        return PlatformAnswer.Ok(("result", new JsonObject { ["suggest"] = suggest, ["label"] = label }), ("detail", details), ("trace_id", sim.Text.Hex(TraceBytes)));
    }

    private static PlatformAnswer Media(WeChatSimulator sim, PlatformCall call)
    {
        Login.Json(call);
        var user = Checkable(sim, call);
        if (call.Number("media_type") is not (1 or 2))
            throw new PlatformRefusal(40097, "invalid args media_type");
        if (!Uri.TryCreate(call.Text("media_url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new PlatformRefusal(40097, "invalid args media_url");
        var trace = sim.Text.Hex(TraceBytes);
        sim.Events.PictureJudged(user.OpenId, trace);
        return PlatformAnswer.Ok(("trace_id", trace));
    }

    private static SimulatedUser Checkable(WeChatSimulator sim, PlatformCall call)
    {
        if (call.Number("version") is not 2)
            throw new PlatformRefusal(40097, "invalid args version");
        if (call.Number("scene") is not (>= 1 and <= 4))
            throw new PlatformRefusal(40097, "invalid args scene");
        var user = sim.UserOf(call.Text("openid"));
        return user.ActiveAt is { } at && sim.Clock.Now - at <= ActiveWithin ? user : throw new PlatformRefusal(61010);
    }
}
