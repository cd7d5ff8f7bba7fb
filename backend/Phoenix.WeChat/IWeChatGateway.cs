using Phoenix.Platform.Results;

namespace Phoenix.WeChat;

/// <summary>
/// Everything the product asks of WeChat. The typed client stands behind it (against WeChat or the simulator), and the tests' fake.
/// Every refusal is an <see cref="Error"/> that also is an <see cref="IWeChatError"/>: what the person should do stands in its sentence,
/// what the program may do in its class.
/// </summary>
public interface IWeChatGateway
{
    /// <summary>
    /// Exchanges the code of <c>wx.login</c> for the user (WeChat: code2Session). A code works once, for five minutes; after a time-out it
    /// must not be sent again.
    /// </summary>
    /// <param name="code">As the client got it.</param>
    /// <param name="cancel">Cancels the call.</param>
    Task<Result<WeChatSession>> CodeToSession(string code, CancellationToken cancel);

    /// <summary>Exchanges the code of the getPhoneNumber button for the number (WeChat: getPhoneNumber). Single use, five minutes, paid for by success.</summary>
    /// <param name="code">As the button's event gave it; not a login code.</param>
    /// <param name="cancel">Cancels the call.</param>
    Task<Result<WeChatPhone>> PhoneNumber(string code, CancellationToken cancel);

    /// <summary>
    /// Sends one subscribe message (WeChat: subscribe/send), after checking every field by its type. There is no idempotency key: a lost answer
    /// is <see cref="WeChatOutcomeUnknown"/> and must not be sent again.
    /// </summary>
    Task<Result<SentMessage>> Send(SubscribeMessage message, CancellationToken cancel);

    /// <summary>Judges a user's text (WeChat: msgSecCheck, version 2). The user must have been active within two hours.</summary>
    Task<Result<ContentVerdict>> CheckText(TextToCheck text, CancellationToken cancel);

    /// <summary>Asks for a judgement of a picture (WeChat: mediaCheckAsync); it comes as a push within 30 minutes, or never.</summary>
    /// <returns>The trace id that the push will carry.</returns>
    Task<Result<string>> CheckPicture(PictureToCheck picture, CancellationToken cancel);

    /// <summary>The account's message templates (WeChat: gettemplate), to hold the product's catalogue against.</summary>
    Task<Result<MessageTemplate[]>> Templates(CancellationToken cancel);

    /// <summary>A mini program code for a fixed place (WeChat: getUnlimitedQRCode): an image that never expires.</summary>
    Task<Result<WeChatImage>> MiniProgramCode(CodeToDraw code, CancellationToken cancel);

    /// <summary>A link that opens the mini program from a text message or page (WeChat: generateUrlLink); at most 30 days.</summary>
    Task<Result<Uri>> UrlLink(LinkToMake link, CancellationToken cancel);
}

/// <summary>A signed-in WeChat user. The session key never leaves the server.</summary>
/// <param name="OpenId">The user, within our mini program.</param>
/// <param name="SessionKey">Base64, 16 bytes.</param>
/// <param name="UnionId">The user across the accounts of one owner, where there is one.</param>
public sealed record WeChatSession(string OpenId, string SessionKey, string? UnionId);

/// <summary>A phone number that WeChat vouches for.</summary>
/// <param name="Number">Without the country code: 13800000000.</param>
/// <param name="CountryCode">86.</param>
public sealed record WeChatPhone(string Number, string CountryCode);

/// <summary>A subscribe message to one person.</summary>
/// <param name="OpenId">The person.</param>
/// <param name="TemplateId">priTmplId.</param>
/// <param name="Page">In-app path with its query; null makes a card that opens nothing.</param>
/// <param name="Data">Key (thing1, time2, ...) → text; every key of the template.</param>
public sealed record SubscribeMessage(string OpenId, string TemplateId, string? Page, IReadOnlyDictionary<string, string> Data);

/// <summary>WeChat took the message.</summary>
/// <param name="MessageId">int64; null where WeChat named none.</param>
public sealed record SentMessage(long? MessageId);

/// <summary>A user's text to judge.</summary>
/// <param name="OpenId">Who wrote it.</param>
/// <param name="Scene">Where it will stand.</param>
/// <param name="Content">At most 2,500 characters.</param>
public sealed record TextToCheck(string OpenId, ContentScene Scene, string Content);

/// <summary>A picture to judge.</summary>
/// <param name="OpenId">Who uploaded it.</param>
/// <param name="Scene">Where it will stand.</param>
/// <param name="Url">Where WeChat can fetch it; at most 10 MB.</param>
public sealed record PictureToCheck(string OpenId, ContentScene Scene, Uri Url);

/// <summary>WeChat's scenes of user content.</summary>
public enum ContentScene
{
    /// <summary>资料: names, signatures.</summary>
    Profile = 1,

    /// <summary>评论.</summary>
    Comment = 2,

    /// <summary>论坛: activities, needs.</summary>
    Forum = 3,

    /// <summary>社交日志.</summary>
    Social = 4,
}

/// <summary>WeChat's judgement.</summary>
public enum ContentVerdict
{
    /// <summary>Nothing found.</summary>
    Pass,

    /// <summary>A person should look.</summary>
    Review,

    /// <summary>Not to be shown.</summary>
    Risky,
}

/// <summary>A template of the account.</summary>
/// <param name="Id">priTmplId.</param>
/// <param name="Title">As the person sees it.</param>
/// <param name="Fields">The keys in order (thing1, time2, ...), each with its label.</param>
/// <param name="IsLongTerm">Whether one consent serves for ever (type 3), as against once (type 2).</param>
public sealed record MessageTemplate(string Id, string Title, IReadOnlyList<TemplateField> Fields, bool IsLongTerm);

/// <summary>A keyword of a template.</summary>
/// <param name="Key">Type and index: thing1.</param>
/// <param name="Label">As the person sees it: 活动名称.</param>
/// <param name="Values">For an enumerated keyword, the values allowed; else empty.</param>
public sealed record TemplateField(string Key, string Label, IReadOnlyList<string> Values);

/// <summary>A mini program code to draw.</summary>
/// <param name="Scene">At most 32 of <c>[0-9A-Za-z-]</c>: an opaque id.</param>
/// <param name="Page">Without a leading slash or query.</param>
/// <param name="WidthPixels">280 to 1280.</param>
public sealed record CodeToDraw(string Scene, string Page, int WidthPixels);

/// <summary>An image as WeChat drew it.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="ContentType">image/jpeg or image/png.</param>
public sealed record WeChatImage(byte[] Bytes, string ContentType);

/// <summary>A link to make.</summary>
/// <param name="Path">Without a leading slash.</param>
/// <param name="Query">At most 1,024 characters.</param>
/// <param name="ExpiresAt">At most 30 days from now.</param>
public sealed record LinkToMake(string Path, string Query, DateTimeOffset ExpiresAt);
