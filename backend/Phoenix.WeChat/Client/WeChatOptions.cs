namespace Phoenix.WeChat.Client;

/// <summary>Which of the mini program's three versions our messages, codes and links open.</summary>
public enum WeChatEdition
{
    /// <summary>The released one: what residents have.</summary>
    Released,

    /// <summary>The trial one (体验版), for those named in the console.</summary>
    Trial,

    /// <summary>The developers' own.</summary>
    Developer,
}

/// <summary>Which mini program we are, and where WeChat is.</summary>
public sealed record WeChatOptions
{
    /// <summary>Where WeChat is, for everybody in mainland China and elsewhere.</summary>
    public static readonly Uri WeChat = new("https://api.weixin.qq.com/");

    /// <summary>AppID, from the console.</summary>
    public required string AppId { get; init; }

    /// <summary>AppSecret, from the console. Never in a log.</summary>
    public required string Secret { get; init; }

    /// <summary>Where the endpoints are: <see cref="WeChat"/>, or a simulator's address with its path.</summary>
    public Uri BaseAddress { get; init; } = WeChat;

    /// <summary>What messages, codes and links open.</summary>
    public WeChatEdition Edition { get; init; }

    /// <summary>The edition in the words of subscribe/send: <c>formal</c>, <c>trial</c>, <c>developer</c>.</summary>
    public string MessageState => Edition switch
    {
        WeChatEdition.Trial => "trial",
        WeChatEdition.Developer => "developer",
        _ => "formal",
    };

    /// <summary>The edition in the words of codes and links: <c>release</c>, <c>trial</c>, <c>develop</c>.</summary>
    public string CodeVersion => Edition switch
    {
        WeChatEdition.Trial => "trial",
        WeChatEdition.Developer => "develop",
        _ => "release",
    };

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{AppId} at {BaseAddress} ({Edition})";

    /// <summary>The base address with a slash at its end, so that an endpoint's path is put behind it and not in the last segment's place.</summary>
    internal Uri Root => BaseAddress.AbsoluteUri.EndsWith('/') ? BaseAddress : new Uri(BaseAddress.AbsoluteUri + "/");
}
