using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Phoenix.Platform.Results;

namespace Phoenix.WeChat.Push;

/// <summary>Makes typed events of a decrypted message, XML or JSON.</summary>
internal static class PushReader
{
    private const int MaxNameLength = 128;
    private const long LastSecond = 253_402_300_799;

    public static Result<PushEvent> Read(string raw, string? appId)
    {
        if (PushTree.Read(raw) is not { } root ||
            root.TextOf("FromUserName") is not { Length: <= MaxNameLength } from ||
            root.TextOf("MsgType") is not { Length: <= MaxNameLength } type ||
            root.NumberOf("CreateTime") is not { } seconds || seconds is < 0 or > LastSecond)
            return new PushMalformed();
        var name = type is "event" ? root.TextOf("Event") : null;
        if (type is "event" && name is null or { Length: > MaxNameLength })
            return new PushMalformed();
        var header = new PushHeader(from, DateTimeOffset.FromUnixTimeSeconds(seconds), type, name, "", raw);
        return name switch
        {
            "subscribe_msg_popup_event" => Answers(root, "SubscribeMsgPopupEvent") is { } items
                ? new SubscribePopupEvent(Keyed(header, items.Select(i => i.TemplateId)), items) : new PushMalformed(),
            "subscribe_msg_change_event" => Answers(root, "SubscribeMsgChangeEvent") is { } items
                ? new SubscribeChangeEvent(Keyed(header, items.Select(i => i.TemplateId)), items) : new PushMalformed(),
            "subscribe_msg_sent_event" => Sent(root) is { } items
                ? new SubscribeSentEvent(Keyed(header, items.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.MsgId}"))), items) : new PushMalformed(),
            "wxa_media_check" => Media(root, header, appId),
            null when root.TextOf("MsgId") is { Length: <= 64 } id => new OtherPush(header with { DedupeKey = $"message:{id}" }),
            _ => new OtherPush(Keyed(header, [])),
        };
    }

    /// <summary>CreateTime counts whole seconds, so what the event is about goes into the key too.</summary>
    private static PushHeader Keyed(PushHeader header, IEnumerable<string> about)
    {
        var time = header.CreateTime.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string[] parts = [header.FromUserName, time, header.MsgType, header.Event ?? "", .. about.Order(StringComparer.Ordinal)];
        var joined = string.Concat(parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Length}:{p}")));
        return header with { DedupeKey = "event:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(joined))) };
    }

    private static List<SubscribeAnswer>? Answers(PushTree root, string container) => Each(root, container, item =>
        item.TextOf("TemplateId") is { Length: <= MaxNameLength } template && item.TextOf("SubscribeStatusString") is { } status
            ? new SubscribeAnswer(template, status is "accept", Small(item.NumberOf("PopupScene")))
            : null);

    private static List<SubscribeSent>? Sent(PushTree root) => Each(root, "SubscribeMsgSentEvent", item =>
        item.TextOf("TemplateId") is { Length: <= MaxNameLength } template && item.NumberOf("MsgID") is { } id && Small(item.NumberOf("ErrorCode")) is { } code
            ? new SubscribeSent(template, id, code, item.TextOf("ErrorStatus"))
            : null);

    /// <summary>The items, in whichever shape they came: in the container, in a List within it, or in a List beside the header. Null if there are none or one is broken.</summary>
    private static List<T>? Each<T>(PushTree root, string container, Func<PushTree, T?> read)
        where T : class
    {
        var items = root.All(container)
            .SelectMany(inner => inner.First("List") is null ? [inner] : inner.All("List"))
            .Concat(root.All("List"))
            .Select(read)
            .ToList();
        return items.Count == 0 || items.Contains(null) ? null : [.. items.OfType<T>()];
    }

    private static Result<PushEvent> Media(PushTree root, PushHeader header, string? appId)
    {
        if (root.TextOf("trace_id") is not { Length: <= MaxNameLength } trace)
            return new PushMalformed();
        if (appId is not null && root.TextOf("appid") is { } app && app != appId)
            return new PushAppIdWrong();
        var result = root.First("result");
        var suggestion = result?.TextOf("suggest") switch
        {
            "pass" => Suggestion.Pass,
            "risky" => Suggestion.Risky,
            null when result is null => FirstVersion(root),
            _ => Suggestion.Review,
        };
        return new MediaCheckedEvent(Keyed(header, [trace]), trace, suggestion, Small(result?.NumberOf("label")));
    }

    /// <summary>Version 1 of the check: a status other than 0 means that the picture could not be fetched.</summary>
    private static Suggestion FirstVersion(PushTree root) => (root.NumberOf("status_code"), root.NumberOf("isrisky")) switch
    {
        (0 or null, 0) => Suggestion.Pass,
        (0 or null, 1) => Suggestion.Risky,
        _ => Suggestion.Review,
    };

    private static int? Small(long? number) => number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
}
