using System.Globalization;
using System.Text.Json.Nodes;

namespace Phoenix.Architecture.Tests.Api;

/// <summary>Compares a schema of the released document with its successor in the present one, following references, each pair once.</summary>
internal sealed class SchemaPair(JsonNode released, JsonNode present, List<string> found)
{
    private static readonly string[] UpperLimits = ["maxLength", "maximum", "exclusiveMaximum", "maxItems"];
    private static readonly string[] LowerLimits = ["minLength", "minimum", "exclusiveMinimum", "minItems"];

    private readonly HashSet<(JsonNode, JsonNode, Direction)> _seen = [];

    public void Compare(string at, JsonNode? was, JsonNode? now, Direction direction)
    {
        if (was is not null && now is not null && !_seen.Add((was, now, direction)))
            return;
        var (before, after) = (new Shape(released, was), new Shape(present, now));
        Types(at, before, after, direction);
        Enums(at, before, after, direction);
        Properties(at, before, after, direction);
        if (direction == Direction.Sent)
            Limits(at, before, after);
        if (before.Value("items") is { } items)
            Compare($"{at}[]", items, after.Value("items"), direction);
        if (before.Value("additionalProperties") is JsonObject values)
            Compare($"{at}{{}}", values, after.Value("additionalProperties") as JsonObject, direction);
    }

    // No type named means any type.
    private void Types(string at, Shape before, Shape after, Direction direction)
    {
        var (narrow, wide) = direction == Direction.Sent ? (before, after) : (after, before);
        if (wide.Types.Count > 0 && (narrow.Types.Count == 0 || narrow.Types.Except(wide.Types, StringComparer.Ordinal).Any()))
            found.Add($"{at}: the type changed from {before.TypeText} to {after.TypeText}.");
        else if (before.Format is not null && !before.Format.Equals(after.Format, StringComparison.Ordinal) || before.Format is null && after.Format is not null && direction == Direction.Sent)
            found.Add($"{at}: the format changed from {before.Format ?? "any"} to {after.Format ?? "any"}.");
    }

    // A value taken away breaks whoever sends it; whoever receives it was told of it too. A closed list that was open is narrower for senders.
    private void Enums(string at, Shape before, Shape after, Direction direction)
    {
        if (after.Enum.Count == 0)
        {
            if (before.Enum.Count > 0 && direction == Direction.Received)
                found.Add($"{at}: the list of values is gone.");
            return;
        }

        if (before.Enum.Count == 0 && direction == Direction.Sent)
            found.Add($"{at}: only listed values are taken now.");
        foreach (var value in before.Enum.Except(after.Enum, StringComparer.Ordinal))
            found.Add($"{at}: the value {value} is gone.");
    }

    private void Properties(string at, Shape before, Shape after, Direction direction)
    {
        foreach (var (name, was) in before.Properties)
            if (after.Properties.TryGetValue(name, out var now))
                Compare($"{at}.{name}", was, now, direction);
            else
                found.Add($"{at}: the property {name} is gone.");
        if (direction == Direction.Sent)
            foreach (var name in after.Required.Except(before.Required, StringComparer.Ordinal))
                found.Add($"{at}: the property {name} became required.");
        else
            foreach (var name in before.Required.Except(after.Required, StringComparer.Ordinal).Where(after.Properties.ContainsKey))
                found.Add($"{at}: the property {name} may be missing now.");
    }

    private void Limits(string at, Shape before, Shape after)
    {
        foreach (var name in UpperLimits.Where(name => after.Number(name) is { } now && (before.Number(name) is not { } was || now < was)))
            found.Add($"{at}: {name} is narrower.");
        foreach (var name in LowerLimits.Where(name => after.Number(name) is { } now && (before.Number(name) ?? 0) < now))
            found.Add($"{at}: {name} is narrower.");
        if (after.Value("pattern") is { } pattern && !pattern.ToString().Equals(before.Value("pattern")?.ToString(), StringComparison.Ordinal))
            found.Add($"{at}: the pattern changed.");
    }

    private static string? Reference(JsonNode? schema) => (string?)schema?["$ref"];

    /// <summary>A schema with its references followed and its allOf, oneOf and anyOf parts put together.</summary>
    private sealed class Shape
    {
        private const int Depth = 8;

        private readonly JsonNode _document;
        private readonly List<JsonNode> _parts = [];

        public Shape(JsonNode document, JsonNode? schema)
        {
            _document = document;
            Add(schema, Depth);
        }

        public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Enum { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, JsonNode?> Properties { get; } = new(StringComparer.Ordinal);

        public string? Format => Value("format")?.ToString();

        public string TypeText => Types.Count == 0 ? "any" : string.Join('|', Types.Order(StringComparer.Ordinal));

        public JsonNode? Value(string name) => _parts.Select(part => part[name]).FirstOrDefault(value => value is not null);

        public decimal? Number(string name) => Value(name) is { } value ? decimal.Parse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture) : null;

        private void Add(JsonNode? schema, int depth)
        {
            if (schema is not JsonObject || depth == 0)
                return;
            if (Reference(schema) is not null)
                Add(OpenApiAdditive.Followed(_document, schema), depth - 1);
            _parts.Add(schema);
            Types.UnionWith(Texts(schema["type"]));
            Enum.UnionWith(Texts(schema["enum"]));
            Required.UnionWith(Texts(schema["required"]));
            foreach (var (name, property) in OpenApiAdditive.Members(schema["properties"]))
                Properties[name] = property;
            foreach (var part in new[] { "allOf", "oneOf", "anyOf" }.SelectMany(kind => schema[kind] as JsonArray ?? []))
                Add(part, depth - 1);
        }

        private static IEnumerable<string> Texts(JsonNode? node) => node switch
        {
            JsonArray array => array.Select(item => item?.ToString() ?? "null"),
            null => [],
            _ => [node.ToString()],
        };
    }
}
