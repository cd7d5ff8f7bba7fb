using System.Text.Json.Nodes;

namespace Phoenix.WeChat.Simulator.Api;

/// <summary>What WeChat tells about calls: quota/get, quota/clear, clear_quota, rid/get.</summary>
internal static class Introspection
{
    private const int MinuteSeconds = 60;

    public static readonly PlatformEndpoint[] Endpoints =
    [
        new("POST", "/cgi-bin/openapi/quota/get", Needs.Token, Quota),
        new("POST", "/cgi-bin/openapi/quota/clear", Needs.Token, Clear),
        new("POST", "/cgi-bin/clear_quota", Needs.Token, ClearAll),
        new("POST", "/cgi-bin/openapi/rid/get", Needs.Token, Rid),
    ];

    private static PlatformAnswer Quota(WeChatSimulator sim, PlatformCall call)
    {
        var endpoint = Named(call);
        var (perDay, perMinute) = sim.Counts.LimitsOf(endpoint);
        var used = sim.Counts.Today(endpoint.Path);
        return PlatformAnswer.Ok(
            ("quota", new JsonObject { ["daily_limit"] = perDay, ["used"] = used, ["remain"] = perDay - used }),
            ("rate_limit", new JsonObject { ["call_count"] = perMinute, ["refresh_second"] = MinuteSeconds }));
    }

    private static PlatformAnswer Clear(WeChatSimulator sim, PlatformCall call)
    {
        sim.Counts.Clear(Named(call).Path);
        return PlatformAnswer.Ok();
    }

    private static PlatformAnswer ClearAll(WeChatSimulator sim, PlatformCall call)
    {
        if (Login.Json(call).Text("appid") != sim.Account.AppId)
            throw new PlatformRefusal(40013);
        sim.Counts.Clear(null);
        return PlatformAnswer.Ok();
    }

    private static PlatformAnswer Rid(WeChatSimulator sim, PlatformCall call)
    {
        var told = sim.CallLog.Find(Login.Json(call).Text("rid") ?? "") ?? throw new PlatformRefusal(76001);
        return PlatformAnswer.Ok(("request", new JsonObject
        {
            ["invoke_time"] = told.At.ToUnixTimeSeconds(),
            ["cost_in_ms"] = told.Milliseconds,
            ["request_url"] = told.Endpoint,
            ["request_body"] = told.Request,
            ["response_body"] = told.Answer,
            ["client_ip"] = "127.0.0.1",
        }));
    }

    private static PlatformEndpoint Named(PlatformCall call) =>
        PlatformTable.Endpoints.GetValueOrDefault(Login.Json(call).Text("cgi_path") ?? "") ?? throw new PlatformRefusal(40066);
}
