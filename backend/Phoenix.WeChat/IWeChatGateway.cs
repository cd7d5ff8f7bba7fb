using Phoenix.Platform.Results;

namespace Phoenix.WeChat;

/// <summary>Everything the product asks of WeChat. The typed client, the simulator and the tests' fake stand behind it.</summary>
public interface IWeChatGateway
{
    /// <summary>
    /// Exchanges the code of <c>wx.login</c> for the user (WeChat: code2Session). A code works once, for five minutes; after a time-out it
    /// must not be sent again.
    /// </summary>
    /// <param name="code">As the client got it.</param>
    /// <param name="cancel">Cancels the call.</param>
    Task<Result<WeChatSession>> CodeToSession(string code, CancellationToken cancel);
}

/// <summary>A signed-in WeChat user. The session key never leaves the server.</summary>
/// <param name="OpenId">The user, within our mini program.</param>
/// <param name="SessionKey">Base64, 16 bytes.</param>
/// <param name="UnionId">The user across the accounts of one owner, where there is one.</param>
public sealed record WeChatSession(string OpenId, string SessionKey, string? UnionId);
