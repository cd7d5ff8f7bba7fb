using System.Text.Json;
using System.Text.RegularExpressions;

namespace Phoenix.WeChat.Client;

/// <summary>The templates in an answer of gettemplate. A template's <c>content</c> has a line per keyword: <c>活动名称:{{thing1.DATA}}</c>.</summary>
internal static partial class TemplateContent
{
    private const long LongTerm = 3;

    /// <summary>The templates; null where a template lacks its id or its keywords.</summary>
    public static MessageTemplate[]? Read(JsonElement answer)
    {
        MessageTemplate?[] templates = [.. answer.List("data").Select(ReadOne)];
        return templates.Contains(null) ? null : [.. templates.OfType<MessageTemplate>()];
    }

    private static MessageTemplate? ReadOne(JsonElement template)
    {
        var values = template.List("keywordEnumValueList").ToLookup(
            e => (e.Text("keywordCode") ?? "").Split('.')[0],
            e => e.List("enumValueList").Select(v => v.ValueKind is JsonValueKind.String ? v.GetString()! : v.GetRawText()),
            StringComparer.Ordinal);
        var fields = LinePattern().Matches(template.Text("content") ?? "")
            .Select(m => new TemplateField(m.Groups["key"].Value, m.Groups["label"].Value.Trim(), [.. values[m.Groups["key"].Value].SelectMany(v => v)]))
            .ToArray();
        return template.Text("priTmplId") is { } id && fields.Length > 0 ? new MessageTemplate(id, template.Text("title") ?? "", fields, template.Number("type") == LongTerm) : null;
    }

    // The colon is WeChat's half-width one; a full-width one is taken too.
    [GeneratedRegex(@"(?<label>[^\r\n:：{}]*)[:：]?\s*\{\{\s*(?<key>[a-z_]+[0-9]+)\.DATA\s*\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinePattern();
}
