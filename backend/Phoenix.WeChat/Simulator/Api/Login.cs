using System.Text.Json.Nodes;
using Phoenix.WeChat.Simulator.State;

namespace Phoenix.WeChat.Simulator.Api;

/// <summary>code2Session and getPhoneNumber.</summary>
internal static class Login
{
    /// <summary>Logins of one user in a minute; 45011 beyond them.</summary>
    public const int PerUserAndMinute = 100;

    /// <summary>A session key younger than this survives a new login.</summary>
    public static readonly TimeSpan SessionKeyRests = TimeSpan.FromMinutes(30);

    public static readonly PlatformEndpoint[] Endpoints =
    [
        new("GET", "/sns/jscode2session", Needs.Nothing, CodeToSession),
        new("POST", "/wxa/business/getuserphonenumber", Needs.Token, PhoneNumber),
    ];

    private static PlatformAnswer CodeToSession(WeChatSimulator sim, PlatformCall call)
    {
        Tokens.EnsureAccount(sim, call.Query("appid"), call.Query("secret"), wrongSecret: 40125);
        if (call.Query("grant_type") is not "authorization_code")
            throw new PlatformRefusal(40002);
        var (user, error) = sim.Codes.Use(CodeKind.Login, call.Query("js_code") ?? throw new PlatformRefusal(41008));
        if (user is null)
            throw new PlatformRefusal(error);
        if (user.IsBlocked)
            throw new PlatformRefusal(40226);
        var now = sim.Clock.Now;
        var minute = now.ToUnixTimeSeconds() / 60;
        user.Logins = user.Logins.Minute == minute ? (minute, user.Logins.Count + 1) : (minute, 1);
        if (user.Logins.Count > PerUserAndMinute)
            throw new PlatformRefusal(45011);
        if (now - user.SessionKeySince >= SessionKeyRests)
            sim.RenewSessionKey(user);
        // WeChat sends this one as text/plain.
        return PlatformAnswer.Bare(new JsonObject { ["session_key"] = user.SessionKey, ["openid"] = user.OpenId, ["unionid"] = user.UnionId }, "text/plain");
    }

    private static PlatformAnswer PhoneNumber(WeChatSimulator sim, PlatformCall call)
    {
        var (user, _) = sim.Codes.Use(CodeKind.Phone, Json(call).Text("code") ?? throw new PlatformRefusal(40029));
        // WeChat has one code here for wrong, used and expired.
        if (user is null)
            throw new PlatformRefusal(40029);
        var watermark = new JsonObject { ["timestamp"] = sim.Clock.Now.ToUnixTimeSeconds(), ["appid"] = sim.Account.AppId };
        return PlatformAnswer.Ok(("phone_info", new JsonObject
        {
            ["phoneNumber"] = user.Phone,
            ["purePhoneNumber"] = user.Phone,
            ["countryCode"] = "86",
            ["watermark"] = watermark,
        }));
    }

    /// <summary>The call with a JSON body, or 44002 for none and 47001 for something else.</summary>
    public static PlatformCall Json(PlatformCall call) => call.HasJson ? call : throw new PlatformRefusal(call.Body.Length == 0 ? 44002 : 47001);
}
