using System.Globalization;
using System.Text.Json;
using Phoenix.WeChat.Simulator.State;

namespace Phoenix.WeChat.Simulator.Api;

/// <summary>subscribe/send, and what came before it and is gone.</summary>
internal static class Messages
{
    public const string SendPath = "/cgi-bin/message/subscribe/send";

    private static readonly string[] s_states = ["developer", "trial", "formal"];
    private static readonly string[] s_languages = ["zh_CN", "en_US", "zh_HK", "zh_TW"];

    public static readonly PlatformEndpoint[] Endpoints =
    [
        new("POST", SendPath, Needs.Token, Send) { PerDay = 10_000_000, OneAtATime = call => call.Text("touser") },
        new("POST", "/cgi-bin/message/wxopen/template/uniform_send", Needs.Token, (_, _) => throw new PlatformRefusal(45109)),
        new("POST", "/cgi-bin/message/wxopen/template/send", Needs.Token, (_, _) => throw new PlatformRefusal(45109)),
    ];

    private static PlatformAnswer Send(WeChatSimulator sim, PlatformCall call)
    {
        Login.Json(call);
        var user = sim.UserOf(call.Text("touser"));
        var template = sim.AccountTemplates.Find(call.Text("template_id") ?? "") ?? throw new PlatformRefusal(40037);
        var state = OneOf(call, "miniprogram_state", s_states, "formal");
        OneOf(call, "lang", s_languages, "zh_CN");
        var fields = Fields(template, call.Member("data"));
        var page = call.Text("page");
        if (page is not null && (state != "formal" ? !Pages.IsReleased(page, new SimulatorSettings()) : !Pages.IsReleased(page, sim.CurrentSettings)))
            throw new PlatformRefusal(41030);
        if (template.IsBanned)
            throw new PlatformRefusal(43107);
        var subscription = user.Subscriptions.GetValueOrDefault(template.Id);
        if (!user.TakesMessages || subscription is not { Quota: > 0 })
            throw new PlatformRefusal(43101);

        // Only a success uses a consent up.
        user.Subscriptions[template.Id] = subscription with { Quota = subscription.Quota - 1 };
        var id = sim.Text.MessageId();
        if (user.Messages.Count == SimulatorLimits.MessagesPerUser)
            user.Messages.RemoveAt(0);
        user.Messages.Add(new ReceivedMessage(id.ToString(CultureInfo.InvariantCulture), template.Id, template.Title, fields, page, state, sim.Clock.Now));
        sim.Events.Sent(user.OpenId, template.Id, id);
        return PlatformAnswer.Ok(("msgid", id));
    }

    private static string OneOf(PlatformCall call, string name, string[] values, string otherwise)
    {
        var value = call.Text(name) ?? otherwise;
        return values.Contains(value, StringComparer.Ordinal) ? value : throw Invalid(name, "invalid");
    }

    // Every key of the template must be there; keys that it hasn't are passed over, as WeChat does.
    private static List<ReceivedField> Fields(AccountTemplate template, JsonElement? data)
    {
        if (data is not { ValueKind: JsonValueKind.Object } values)
            throw new PlatformRefusal(47003, "argument invalid! data is empty");
        var fields = new List<ReceivedField>();
        foreach (var keyword in template.Keywords)
        {
            var value = values.TryGetProperty(keyword.Key, out var member) && member.ValueKind == JsonValueKind.Object && member.TryGetProperty("value", out var inner)
                ? PlatformCall.TextOf(inner) : null;
            if (string.IsNullOrWhiteSpace(value))
                throw Invalid($"data.{keyword.Key}.value", "is empty");
            if (!FieldRules.Takes(keyword, value))
                throw Invalid($"data.{keyword.Key}.value", "invalid");
            fields.Add(new ReceivedField(keyword.Key, keyword.Name, value));
        }

        return fields;
    }

    private static PlatformRefusal Invalid(string what, string why) => new(47003, $"argument invalid! {what} {why}");
}
