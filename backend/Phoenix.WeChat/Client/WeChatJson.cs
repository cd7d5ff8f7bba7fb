using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Phoenix.WeChat.Client;

/// <summary>
/// JSON as WeChat takes and gives it: Chinese goes out as it is, whatever plane of Unicode it is in (WeChat shows <c>\u</c> escapes as they are), and
/// numbers come in as numbers or as texts, because WeChat's own examples disagree with its tables.
/// </summary>
internal static class WeChatJson
{
    private static readonly JsonSerializerOptions s_options = new() { Converters = { new PlainText() }, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A body, in UTF-8.</summary>
    public static byte[] Write(IReadOnlyDictionary<string, object> body) => JsonSerializer.SerializeToUtf8Bytes(body, s_options);

    /// <summary>The object in the bytes; null where they are anything else.</summary>
    public static JsonElement? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind is JsonValueKind.Object && !reader.Read() ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member's text, or its number as text; null where it is missing, empty or something else.</summary>
    public static string? Text(this JsonElement json, string name) => json.Member(name) is { } member
        ? member.ValueKind switch
        {
            JsonValueKind.String => member.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number => member.GetRawText(),
            _ => null,
        }
        : null;

    /// <summary>A member's whole number, or the one in its text; null where there is none.</summary>
    public static long? Number(this JsonElement json, string name) =>
        long.TryParse(json.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A member that is an object; null where there is none.</summary>
    public static JsonElement? Object(this JsonElement json, string name) => json.Member(name) is { ValueKind: JsonValueKind.Object } member ? member : null;

    /// <summary>The members of a list; none where there is no list.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement json, string name) => json.Member(name) is { ValueKind: JsonValueKind.Array } member ? member.EnumerateArray() : [];

    private static JsonElement? Member(this JsonElement json, string name) => json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : null;

    /// <summary>Escapes what JSON demands (RFC 8259, section 7) and nothing else. The library's own encoder escapes every character beyond U+FFFF.</summary>
    private sealed class PlainText : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Only written.");

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
        {
            var text = new StringBuilder(value.Length + 2).Append('"');
            foreach (var rune in value.EnumerateRunes())
                if (rune.Value is '"' or '\\')
                    text.Append('\\').Append((char)rune.Value);
                else if (rune.Value < ' ')
                    text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
                else
                    text.Append(rune.ToString());
            writer.WriteRawValue(text.Append('"').ToString(), skipInputValidation: true);
        }
    }
}
