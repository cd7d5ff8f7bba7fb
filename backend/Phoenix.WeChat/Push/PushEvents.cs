namespace Phoenix.WeChat.Push;

/// <summary>Something WeChat told us (WeChat: 消息推送; for subscriptions 订阅消息, subscribe-message). Store it, answer <c>success</c> within 5 s, act later.</summary>
/// <param name="Header">Who and when.</param>
public abstract record PushEvent(PushHeader Header);

/// <summary>What every push has.</summary>
/// <param name="FromUserName">The user's openid, or WeChat's own account.</param>
/// <param name="CreateTime">When it happened, to the second.</param>
/// <param name="MsgType"><c>event</c>, or the kind of a message.</param>
/// <param name="Event">The event's name, for events.</param>
/// <param name="DedupeKey">The same for a push and its repetitions, in 80 characters at most: repetitions are common.</param>
/// <param name="Raw">The message as it came, decrypted: XML or JSON.</param>
public sealed record PushHeader(string FromUserName, DateTimeOffset CreateTime, string MsgType, string? Event, string DedupeKey, string Raw);

/// <summary><c>subscribe_msg_popup_event</c>: the user answered the prompt. Don't count it as consent: the client reports that too.</summary>
public sealed record SubscribePopupEvent(PushHeader Header, IReadOnlyList<SubscribeAnswer> Items) : PushEvent(Header);

/// <summary><c>subscribe_msg_change_event</c>: the user switched templates off (or on) in the settings.</summary>
public sealed record SubscribeChangeEvent(PushHeader Header, IReadOnlyList<SubscribeAnswer> Items) : PushEvent(Header);

/// <summary><c>subscribe_msg_sent_event</c>: what became of messages.</summary>
public sealed record SubscribeSentEvent(PushHeader Header, IReadOnlyList<SubscribeSent> Items) : PushEvent(Header);

/// <summary><c>wxa_media_check</c>: the result of mediaCheckAsync. It counts only if its trace id is one we wait for.</summary>
/// <param name="Header">Who and when.</param>
/// <param name="TraceId">What mediaCheckAsync answered.</param>
/// <param name="Suggestion">What to do with the picture.</param>
/// <param name="Label">Why (100: nothing found), where it is told.</param>
public sealed record MediaCheckedEvent(PushHeader Header, string TraceId, Suggestion Suggestion, int? Label) : PushEvent(Header);

/// <summary>Anything else: kept raw.</summary>
public sealed record OtherPush(PushHeader Header) : PushEvent(Header);

/// <summary>A user's answer for one template.</summary>
/// <param name="TemplateId">The priTmplId.</param>
/// <param name="IsAccepted"><c>accept</c>; everything else is a refusal.</param>
/// <param name="PopupScene">Where the prompt stood (0: in a page), where it is told.</param>
public sealed record SubscribeAnswer(string TemplateId, bool IsAccepted, int? PopupScene);

/// <summary>The end of one message.</summary>
/// <param name="TemplateId">The priTmplId.</param>
/// <param name="MsgId">What subscribe/send answered: above 2^53.</param>
/// <param name="ErrorCode">0: delivered.</param>
/// <param name="ErrorStatus">In words.</param>
public sealed record SubscribeSent(string TemplateId, long MsgId, int ErrorCode, string? ErrorStatus);

/// <summary>The platform's opinion of a text or picture (WeChat: sec-center, msgSecCheck and mediaCheckAsync).</summary>
public enum Suggestion
{
    /// <summary>A person must look at it. Also: any answer that is not understood.</summary>
    Review,

    /// <summary>Nothing found.</summary>
    Pass,

    /// <summary>Not to be shown.</summary>
    Risky,
}
