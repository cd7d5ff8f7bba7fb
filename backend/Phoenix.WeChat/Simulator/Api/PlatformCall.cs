using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Phoenix.WeChat.Simulator.Api;

/// <summary>One call of the platform as it came. The body is read as the endpoint wants it, whatever its Content-Type says: known clients post JSON as application/octet-stream.</summary>
internal sealed class PlatformCall(string method, string endpoint, IReadOnlyDictionary<string, string> query, byte[] body)
{
    private readonly Lazy<JsonElement?> _json = new(() => Parse(body));

    public string Method => method;

    public string Endpoint => endpoint;

    public byte[] Body => body;

    public IReadOnlyDictionary<string, string> QueryAll => query;

    /// <summary>Whether the body is a JSON object.</summary>
    public bool HasJson => _json.Value is not null;

    /// <summary>A query parameter; null when it is absent or empty.</summary>
    public string? Query(string name) => query.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A member of the JSON body.</summary>
    public JsonElement? Member(string name) => _json.Value is { } json && json.TryGetProperty(name, out var member) ? member : null;

    /// <summary>A text of the JSON body; a number counts as its digits. Null when it is absent, empty or neither.</summary>
    public string? Text(string name) => Member(name) is { } member ? TextOf(member) : null;

    /// <summary>A whole number of the JSON body, written as a number or as a string.</summary>
    public long? Number(string name) =>
        long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A switch of the JSON body.</summary>
    public bool Flag(string name, bool otherwise) => Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => otherwise,
    };

    /// <summary>The body as a form, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Form() =>
    [
        .. Encoding.UTF8.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Decode(pair[0]), pair.Length == 2 ? Decode(pair[1]) : "")),
    ];

    public static string? TextOf(JsonElement member) => member.ValueKind switch
    {
        JsonValueKind.String when member.GetString() is { Length: > 0 } text => text,
        JsonValueKind.Number => member.GetRawText(),
        _ => null,
    };

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            // Half a surrogate pair parses and throws only when it is read: look now.
            Touch(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Touch(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            element.GetString();
        else if (element.ValueKind == JsonValueKind.Array)
            foreach (var item in element.EnumerateArray())
                Touch(item);
        else if (element.ValueKind == JsonValueKind.Object)
            foreach (var member in element.EnumerateObject())
            {
                _ = member.Name;
                Touch(member.Value);
            }
    }
}
