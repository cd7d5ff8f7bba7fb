using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace Phoenix.WeChat.Push;

/// <summary>
/// XML and JSON as one form: named members in order, an array being several members of one name. So the shapes in which WeChat sends the same
/// list (repeated elements, an array, a single object) are one shape.
/// </summary>
internal sealed class PushTree
{
    /// <summary>Deepest nesting; WeChat's own events have four levels.</summary>
    public const int MaxDepth = 16;

    private readonly List<(string Name, PushTree Value)> _members = [];

    /// <summary>Text of a leaf: a number stays as it was written.</summary>
    public string? Text { get; private set; }

    /// <summary>Reads a body; null for anything that isn't well-formed XML or a JSON object.</summary>
    public static PushTree? Read(string body)
    {
        try
        {
            return body.AsSpan().TrimStart().StartsWith("<") ? FromXml(body.TrimStart()) : FromJson(body);
        }
        catch (Exception e) when (e is XmlException or JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a JSON string with half a surrogate pair.
            return null;
        }
    }

    /// <summary>The members of this name.</summary>
    public IEnumerable<PushTree> All(string name) => _members.Where(m => m.Name.Equals(name, StringComparison.Ordinal)).Select(m => m.Value);

    /// <summary>The first member of this name.</summary>
    public PushTree? First(string name) => All(name).FirstOrDefault();

    /// <summary>The text of the first member of this name, if it has any.</summary>
    public string? TextOf(string name) => First(name)?.Text is { Length: > 0 } text ? text : null;

    /// <summary>A whole number, written as a number or as a string.</summary>
    public long? NumberOf(string name) => long.TryParse(TextOf(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static PushTree? FromXml(string body)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = PushReceiver.MaxBodyBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        using var reader = XmlReader.Create(new StringReader(body), settings);
        reader.MoveToContent();
        var root = Element(reader);
        while (reader.Read())
        {
            // To the end, so that what follows the root is checked too.
        }

        return root;
    }

    private static PushTree? Element(XmlReader reader)
    {
        var root = new PushTree();
        var open = new Stack<PushTree>([root]);
        if (reader.IsEmptyElement)
            return root;
        while (open.Count > 0 && reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var child = new PushTree();
                    open.Peek()._members.Add((reader.LocalName, child));
                    if (!reader.IsEmptyElement)
                        open.Push(child);
                    if (open.Count > MaxDepth)
                        return null;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    open.Peek().Text += reader.Value;
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
            }
        }

        return root;
    }

    private static PushTree? FromJson(string body)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
        return document.RootElement.ValueKind is JsonValueKind.Object ? FromJson(document.RootElement) : null;
    }

    private static PushTree FromJson(JsonElement element)
    {
        var tree = new PushTree();
        if (element.ValueKind is JsonValueKind.Object)
            foreach (var member in element.EnumerateObject())
                tree.Add(member.Name, member.Value);
        else if (element.ValueKind is not JsonValueKind.Null)
            tree.Text = element.ValueKind is JsonValueKind.String ? element.GetString() : element.GetRawText();
        return tree;
    }

    private void Add(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array)
            foreach (var item in value.EnumerateArray())
                Add(name, item);
        else
            _members.Add((name, FromJson(value)));
    }
}
