using System.Collections.Concurrent;
using Phoenix.Platform.Results;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Harness;

/// <summary>WeChat as a test wants it: knows the login codes that the test made, each once.</summary>
public sealed class FakeWeChat : IWeChatGateway
{
    private readonly ConcurrentDictionary<string, WeChatSession> _codes = new(StringComparer.Ordinal);

    /// <summary>Makes a login code for a user.</summary>
    public string LoginCode(string openId)
    {
        var code = $"code-{openId}-{_codes.Count}";
        _codes[code] = new WeChatSession(openId, Convert.ToBase64String(new byte[16]), null);
        return code;
    }

    /// <inheritdoc />
    public Task<Result<WeChatSession>> CodeToSession(string code, CancellationToken cancel) =>
        Task.FromResult<Result<WeChatSession>>(_codes.TryRemove(code, out var session) ? session : new CodeUsed());

    /// <summary>WeChat's 40163.</summary>
    public sealed record CodeUsed() : Error("wechat.code_used", ErrorKind.Conflict, "登录已过期，请再点一次登录。");
}
