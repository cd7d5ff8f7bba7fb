using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Phoenix.WeChat.Simulator.Api;

/// <summary>The two ways to an access token.</summary>
internal static class Tokens
{
    public static readonly PlatformEndpoint[] Endpoints =
    [
        new("GET", "/cgi-bin/token", Needs.Nothing, Ordinary) { PerDay = 2_000 },
        new("POST", "/cgi-bin/stable_token", Needs.Nothing, Stable) { PerDay = 500_000, PerMinute = 10_000 },
    ];

    /// <summary>Refuses another's AppId and a wrong secret.</summary>
    public static void EnsureAccount(WeChatSimulator sim, string? appId, string? secret, int wrongSecret)
    {
        if (appId is null)
            throw new PlatformRefusal(41002);
        if (secret is null)
            throw new PlatformRefusal(41004);
        if (appId != sim.Account.AppId)
            throw new PlatformRefusal(40013);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(sim.Account.Secret)))
            throw new PlatformRefusal(wrongSecret);
    }

    private static PlatformAnswer Ordinary(WeChatSimulator sim, PlatformCall call)
    {
        if (call.Query("grant_type") is not "client_credential")
            throw new PlatformRefusal(40002);
        // From here 40001 means a wrong secret.
        EnsureAccount(sim, call.Query("appid"), call.Query("secret"), wrongSecret: 40001);
        return Answer(sim.OrdinaryTokens.Issue(sim.CurrentSettings.TokenOverlap));
    }

    private static PlatformAnswer Stable(WeChatSimulator sim, PlatformCall call)
    {
        Login.Json(call);
        if (call.Text("grant_type") is not "client_credential")
            throw new PlatformRefusal(40002);
        EnsureAccount(sim, call.Text("appid"), call.Text("secret"), wrongSecret: 40125);
        return Answer(sim.StableTokens.Stable(call.Flag("force_refresh", otherwise: false)));
    }

    private static PlatformAnswer Answer((string Token, int ExpiresIn) token) =>
        PlatformAnswer.Bare(new JsonObject { ["access_token"] = token.Token, ["expires_in"] = token.ExpiresIn });
}
