using System.Text.Json.Nodes;

namespace Phoenix.Architecture.Tests.Api;

/// <summary>
/// Changes of the API are additive: a client written against the released document goes on working. What a client sends may be asked for less
/// strictly, never more; what it receives may hold more, never less. Descriptions, examples and security are not compared.
/// </summary>
public static class OpenApiAdditive
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    /// <summary>Every breaking change from the released document to the present one, one line each.</summary>
    public static IReadOnlyList<string> Breaking(JsonNode released, JsonNode present)
    {
        var found = new List<string>();
        foreach (var (path, item) in Members(released["paths"]))
        {
            if (present["paths"]?[path] is not { } now)
            {
                found.Add($"{path}: the path is gone.");
                continue;
            }

            foreach (var method in Methods.Where(method => item?[method] is not null))
            {
                var place = $"{method.ToUpperInvariant()} {path}";
                if (now[method] is { } operation)
                    new Operation(released, present, place, found).Compare(item![method]!, operation);
                else
                    found.Add($"{place}: the operation is gone.");
            }
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The node itself, or what its reference names in the document; null when that isn't there.</summary>
    internal static JsonNode? Followed(JsonNode document, JsonNode? node) =>
        (string?)(node as JsonObject)?["$ref"] is { } reference ? reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)document, (at, name) => at?[name]) : node;

    internal static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node as JsonObject ?? [];

    private sealed class Operation(JsonNode released, JsonNode present, string place, List<string> found)
    {
        private readonly SchemaPair _schemas = new(released, present, found);

        public void Compare(JsonNode was, JsonNode now)
        {
            Parameters(was, now);
            Body(was["requestBody"], now["requestBody"]);
            foreach (var (status, response) in Members(was["responses"]))
                if (now["responses"]?[status] is { } answer)
                    Contents($"{place} {status}", Followed(released, response), Followed(present, answer), Direction.Received);
                else
                    found.Add($"{place}: the answer {status} is gone.");
        }

        private void Parameters(JsonNode was, JsonNode now)
        {
            var (before, after) = (ByName(was), ByName(now));
            foreach (var (name, parameter) in before)
                if (after.TryGetValue(name, out var kept))
                {
                    if (IsRequired(kept) && !IsRequired(parameter))
                        found.Add($"{place}: the parameter {name} became required.");
                    _schemas.Compare($"{place} {name}", parameter["schema"], kept["schema"], Direction.Sent);
                }
                else
                    found.Add($"{place}: the parameter {name} is gone.");
            foreach (var (name, _) in after.Where(pair => IsRequired(pair.Value) && !before.ContainsKey(pair.Key)))
                found.Add($"{place}: the new parameter {name} is required.");
        }

        private void Body(JsonNode? was, JsonNode? now)
        {
            if (IsRequired(now) && !IsRequired(was))
                found.Add($"{place}: the body became required.");
            if (was is not null && now is null)
                found.Add($"{place}: the body is no longer taken.");
            if (was is not null && now is not null)
                Contents($"{place} body", was, now, Direction.Sent);
        }

        private void Contents(string at, JsonNode? was, JsonNode? now, Direction direction)
        {
            foreach (var (type, content) in Members(was?["content"]))
                if (now?["content"]?[type] is { } kept)
                    _schemas.Compare(at, content?["schema"], kept["schema"], direction);
                else
                    found.Add($"{at}: the content type {type} is gone.");
        }

        private static Dictionary<string, JsonNode> ByName(JsonNode operation) => (operation["parameters"] as JsonArray ?? [])
            .OfType<JsonNode>()
            .ToDictionary(parameter => $"{parameter["in"]} {parameter["name"]}", StringComparer.Ordinal);

        private static bool IsRequired(JsonNode? node) => (bool?)node?["required"] ?? false;
    }
}

/// <summary>Who reads the data: the server (it may ask for less) or the client (it must be given no less).</summary>
internal enum Direction
{
    Sent,
    Received,
}
