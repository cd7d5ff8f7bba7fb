using Phoenix.Platform.Results;

namespace Phoenix.WeChat;

/// <summary>What the program may do about a refusal by WeChat.</summary>
public enum WeChatRetry
{
    /// <summary>R: wait and send again.</summary>
    Later,

    /// <summary>P: never for this request.</summary>
    Never,

    /// <summary>U: it lies with the user or the quota; record it and stop.</summary>
    User,

    /// <summary>O: an operator must act.</summary>
    Operator,

    /// <summary>The answer was lost: what was asked may have happened.</summary>
    Unknown,
}

/// <summary>Every refusal of <see cref="IWeChatGateway"/>.</summary>
public interface IWeChatError
{
    /// <summary>What the program may do.</summary>
    WeChatRetry Retry { get; }

    /// <summary>WeChat's errcode; 0 where none came.</summary>
    int WeChatCode { get; }
}

/// <summary>The code is used, expired or wrong (40029, 40163): the client must ask for a new one.</summary>
public sealed record WeChatCodeOver(int WeChatCode) : Error("wechat.code_over", ErrorKind.Conflict, "这次授权已过期，请再点一次。"), IWeChatError
{
    /// <inheritdoc />
    public WeChatRetry Retry => WeChatRetry.Never;
}

/// <summary>WeChat blocks this user as high-risk (40226).</summary>
public sealed record WeChatUserBlocked(int WeChatCode) : Error("wechat.user_blocked", ErrorKind.Forbidden, "微信暂时不让这个账号登录，请在微信里解除限制，或打电话给社区。"), IWeChatError
{
    /// <inheritdoc />
    public WeChatRetry Retry => WeChatRetry.User;
}

/// <summary>WeChat is busy or a per-minute or per-day limit is reached (-1, 45009, 45011, 43108); <see cref="Error.RetryAfter"/> says how long to wait.</summary>
public sealed record WeChatBusy(int WeChatCode) : Error("wechat.busy", ErrorKind.Unavailable, "微信正忙，请稍等一会儿再试。"), IWeChatError
{
    /// <inheritdoc />
    public WeChatRetry Retry => WeChatRetry.Later;
}

/// <summary>No answer in time, or one that can't be read. Reads may be sent again; a message must not.</summary>
public sealed record WeChatOutcomeUnknown() : Error("wechat.no_answer", ErrorKind.Unavailable, "微信没有回应，请稍等一会儿再试。"), IWeChatError
{
    /// <inheritdoc />
    public WeChatRetry Retry => WeChatRetry.Unknown;

    /// <inheritdoc />
    public int WeChatCode => 0;
}

/// <summary>The user takes no such message now: refused, switched off or no consent left (43101).</summary>
public sealed record WeChatMessageNotWanted(int WeChatCode) : Error("wechat.message_not_wanted", ErrorKind.Conflict, "对方没有订阅这类消息。"), IWeChatError
{
    /// <inheritdoc />
    public WeChatRetry Retry => WeChatRetry.User;
}

/// <summary>Our request is wrong for WeChat (47003, 40003, 45168, 40129, ...), or would be: nothing is gained by sending it again.</summary>
/// <param name="WeChatCode">WeChat's errcode; 0 where it was found before sending.</param>
/// <param name="What">What is wrong, in WeChat's or our words, for the log and the dead letter.</param>
public sealed record WeChatRequestWrong(int WeChatCode, string What) : Error("wechat.request_wrong", ErrorKind.Conflict, "微信没有接受这个请求，请告诉社区工作人员。"), IWeChatError
{
    /// <inheritdoc />
    public WeChatRetry Retry => WeChatRetry.Never;
}

/// <summary>The account's settings don't allow it (40013, 40125, 40164, 40037, 41030, 48001, ...): an operator must act.</summary>
/// <param name="WeChatCode">WeChat's errcode.</param>
/// <param name="What">WeChat's words, for the log and the alarm.</param>
public sealed record WeChatAccountWrong(int WeChatCode, string What) : Error("wechat.account_wrong", ErrorKind.Unavailable, "微信小程序的设置有问题，请打电话给社区。"), IWeChatError
{
    /// <inheritdoc />
    public WeChatRetry Retry => WeChatRetry.Operator;
}
