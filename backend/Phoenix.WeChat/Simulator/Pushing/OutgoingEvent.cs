using System.Globalization;
using System.Security;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phoenix.WeChat.Push;

namespace Phoenix.WeChat.Simulator.Pushing;

/// <summary>An event before it is written as XML or JSON.</summary>
/// <param name="From">The openid it is about.</param>
/// <param name="At">When it happened; told in whole seconds.</param>
/// <param name="Name">subscribe_msg_sent_event.</param>
/// <param name="Container">SubscribeMsgSentEvent; null for an event without a list.</param>
/// <param name="Items">The list.</param>
/// <param name="Members">What stands beside the header, for an event without a list.</param>
internal sealed record OutgoingEvent(string From, DateTimeOffset At, string Name, string? Container, IReadOnlyList<JsonObject> Items, JsonObject Members)
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The message itself, before any encryption.</summary>
    public string Write(string to, PushFormat format, PushShape shape) => format == PushFormat.Xml ? Xml(to, null) : Json(to, shape).ToJsonString(s_json);

    /// <summary>The body to post: plain, plain beside encrypted, or encrypted.</summary>
    public string Body(string to, PushTarget target, string? ciphertext)
    {
        if (ciphertext is null)
            return Write(to, target.Format, target.Shape);
        if (target.Format == PushFormat.Xml)
            return target.Mode == PushMode.Compatible ? Xml(to, ciphertext) : $"<xml>{Element("ToUserName", to)}{Element("Encrypt", ciphertext)}</xml>";
        var body = target.Mode == PushMode.Compatible ? Json(to, target.Shape) : new JsonObject { ["ToUserName"] = to };
        body["Encrypt"] = ciphertext;
        return body.ToJsonString(s_json);
    }

    private JsonObject Json(string to, PushShape shape)
    {
        var seconds = At.ToUnixTimeSeconds();
        var root = new JsonObject
        {
            ["ToUserName"] = to,
            ["FromUserName"] = From,
            // WeChat writes numbers as strings in some of its examples and as numbers in others.
            ["CreateTime"] = shape == PushShape.Container ? seconds.ToString(CultureInfo.InvariantCulture) : seconds,
            ["MsgType"] = "event",
            ["Event"] = Name,
        };
        foreach (var (name, value) in Members)
            root[name] = value?.DeepClone();
        if (Container is null)
            return root;
        JsonNode several = new JsonArray([.. Items.Select(item => Written(item, shape))]);
        var one = Items.Count == 1 ? Written(Items[0], shape) : several;
        switch (shape)
        {
            case PushShape.Container:
                root[Container] = several;
                break;
            case PushShape.RootArray:
                root["List"] = several;
                break;
            case PushShape.RootObject:
                root["List"] = one;
                break;
            default:
                root[Container] = new JsonObject { ["List"] = one };
                break;
        }

        return root;
    }

    private static JsonNode Written(JsonObject item, PushShape shape) => shape == PushShape.Container
        ? new JsonObject(item.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)JsonValue.Create(member.Value!.ToString()))))
        : item.DeepClone();

    private string Xml(string to, string? ciphertext)
    {
        var xml = new StringBuilder("<xml>");
        xml.Append(Element("ToUserName", to)).Append(Element("FromUserName", From));
        xml.Append(CultureInfo.InvariantCulture, $"<CreateTime>{At.ToUnixTimeSeconds()}</CreateTime>");
        xml.Append(Element("MsgType", "event")).Append(Element("Event", Name));
        Append(xml, Members);
        if (Container is not null)
        {
            xml.Append('<').Append(Container).Append('>');
            foreach (var item in Items)
                AppendOne(xml, "List", item);
            xml.Append("</").Append(Container).Append('>');
        }

        if (ciphertext is not null)
            xml.Append(Element("Encrypt", ciphertext));
        return xml.Append("</xml>").ToString();
    }

    private static void Append(StringBuilder xml, JsonObject members)
    {
        foreach (var (name, value) in members)
            if (value is JsonArray several)
                foreach (var one in several)
                    AppendOne(xml, name, one);
            else
                AppendOne(xml, name, value);
    }

    private static void AppendOne(StringBuilder xml, string name, JsonNode? value)
    {
        xml.Append('<').Append(name).Append('>');
        if (value is JsonObject inner)
            Append(xml, inner);
        else
            xml.Append(SecurityElement.Escape(value?.ToString() ?? ""));
        xml.Append("</").Append(name).Append('>');
    }

    private static string Element(string name, string text) => $"<{name}><![CDATA[{text}]]></{name}>";
}
