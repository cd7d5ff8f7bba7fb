using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Phoenix.WeChat.Simulator.State;

namespace Phoenix.WeChat.Simulator.Api;

/// <summary>checkSessionKey, resetUserSessionKey and getUserRiskRank.</summary>
internal static class Sessions
{
    public static readonly PlatformEndpoint[] Endpoints =
    [
        new("GET", "/wxa/checksession", Needs.Token, Check),
        new("GET", "/wxa/resetusersessionkey", Needs.Token, Reset) { PerMinute = 60_000 },
        new("POST", "/wxa/getuserriskrank", Needs.Token, RiskRank),
    ];

    /// <summary>Hex of the HMAC over an empty text; the key is the session key's text, not its bytes.</summary>
    public static string Sign(string sessionKey) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sessionKey), Array.Empty<byte>()));

    private static PlatformAnswer Check(WeChatSimulator sim, PlatformCall call)
    {
        Signed(sim, call);
        return PlatformAnswer.Ok();
    }

    private static PlatformAnswer Reset(WeChatSimulator sim, PlatformCall call)
    {
        var user = Signed(sim, call);
        sim.RenewSessionKey(user);
        return PlatformAnswer.Ok(("openid", user.OpenId), ("session_key", user.SessionKey));
    }

    private static SimulatedUser Signed(WeChatSimulator sim, PlatformCall call)
    {
        var user = sim.UserOf(call.Query("openid"));
        if (call.Query("sig_method") is not "hmac_sha256")
            throw new PlatformRefusal(87008);
        return call.Query("signature") == Sign(user.SessionKey) ? user : throw new PlatformRefusal(87009);
    }

    private static PlatformAnswer RiskRank(WeChatSimulator sim, PlatformCall call)
    {
        Login.Json(call);
        if (call.Text("appid") != sim.Account.AppId)
            throw new PlatformRefusal(40013);
        var user = sim.UserOf(call.Text("openid"));
        if (call.Number("scene") is not (>= 0 and <= 2))
            throw new PlatformRefusal(40097, "invalid args scene");
        if (!IPAddress.TryParse(call.Text("client_ip"), out _))
            throw new PlatformRefusal(40097, "invalid args client_ip");
        if (user.ActiveAt is not { } at || sim.Clock.Now - at > Content.ActiveWithin)
            throw new PlatformRefusal(61010);
        // WeChat spells it so.
        return PlatformAnswer.Ok(("risk_rank", JsonValue.Create(user.RiskRank)), ("unoin_id", JsonValue.Create(Math.Abs(sim.Text.MessageId() % uint.MaxValue))));
    }
}
