namespace Phoenix.WeChat.Push;

/// <summary>消息加密方式 of the console (WeChat: 消息推送, message-push).</summary>
public enum PushMode
{
    /// <summary>安全模式: only the encrypted part is sent. The only mode of production.</summary>
    Secure,

    /// <summary>兼容模式: the encrypted part decides, and the plain part beside it is never read. For the time of a migration.</summary>
    Compatible,

    /// <summary>明文模式: signed, but the signature doesn't cover the body. For the simulator and development.</summary>
    Plain,
}

/// <summary>What the console's push page and this server must agree on. Printing it shows no secrets.</summary>
public sealed class PushSettings
{
    /// <summary>Length of an EncodingAESKey, in characters.</summary>
    public const int AesKeyLength = 43;

    private PushSettings(string appId, string token, string encodingAesKey, PushMode mode)
    {
        ArgumentException.ThrowIfNullOrEmpty(appId);
        ArgumentException.ThrowIfNullOrEmpty(token);
        AppId = appId;
        Token = token;
        EncodingAesKey = encodingAesKey;
        Mode = mode;
    }

    /// <summary>Our mini program.</summary>
    public string AppId { get; }

    /// <summary>The shared token that signatures are made with.</summary>
    public string Token { get; }

    /// <summary><see cref="AesKeyLength"/> characters.</summary>
    public string EncodingAesKey { get; }

    /// <summary>What is accepted.</summary>
    public PushMode Mode { get; }

    /// <summary>Production's settings: secure mode, without a choice.</summary>
    /// <exception cref="ArgumentException">An empty AppId or token.</exception>
    public static PushSettings Production(string appId, string token, string encodingAesKey) => new(appId, token, encodingAesKey, PushMode.Secure);

    /// <summary>Settings of a simulator or of a migration, in any mode.</summary>
    /// <exception cref="ArgumentException">An empty AppId or token.</exception>
    public static PushSettings NotProduction(string appId, string token, string encodingAesKey, PushMode mode) => new(appId, token, encodingAesKey, mode);

    /// <inheritdoc />
    public override string ToString() => $"{AppId}, {Mode}";
}
