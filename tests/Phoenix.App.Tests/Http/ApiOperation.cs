using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;

namespace Phoenix.App.Tests.Http;

/// <summary>An operation of the OpenAPI document, and requests for it made from its schemas: well-formed, but about nothing that exists.</summary>
internal sealed class ApiOperation
{
    private const int MaxDepth = 8;

    private readonly JsonElement _document;
    private readonly JsonElement _operation;

    private ApiOperation(JsonElement document, string method, string path, JsonElement operation)
    {
        (_document, _operation, Method, Path) = (document, operation, HttpMethod.Parse(method), path);
        Access = [.. operation.GetProperty(OpenApi.AccessExtension).EnumerateArray().Select(a => a.GetString()!)];
    }

    public HttpMethod Method { get; }

    public string Path { get; }

    /// <summary>As declared: anyone, signedIn, or roles.</summary>
    public IReadOnlyList<string> Access { get; }

    public bool IsInCommunity => Path.Contains($"{{{AccessGate.CommunityRouteValue}}}", StringComparison.Ordinal);

    public bool IsUnsafe => Method != HttpMethod.Get && Method != HttpMethod.Head;

    /// <summary>Every operation of the host's document.</summary>
    public static async Task<IReadOnlyList<ApiOperation>> All(PhoenixApp app)
    {
        var document = (await app.Anyone.Get("/openapi/v1.json")).Json;
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(o => new ApiOperation(document, o.Name, path.Name, o.Value)))];
    }

    public override string ToString() => $"{Method} {Path}";

    /// <summary>Sends it with every id replaced by <paramref name="id"/>.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="requestId">For unsafe ones.</param>
    /// <param name="id">For ids in the path, the query and the body.</param>
    /// <param name="isEmpty">With an empty object as the body.</param>
    public Task<Answer> Send(TestCaller caller, Guid requestId, Guid id, bool isEmpty = false)
    {
        var (address, query) = (Path.Replace($"{{{AccessGate.CommunityRouteValue}}}", "1", StringComparison.Ordinal), new List<string>());
        foreach (var parameter in Parameters())
        {
            var value = Uri.EscapeDataString(Sample(parameter.GetProperty("schema"), id, 0)?.ToString() ?? "x");
            if (parameter.GetProperty("in").GetString() is "path")
                address = address.Replace($"{{{parameter.GetProperty("name").GetString()}}}", value, StringComparison.Ordinal);
            else if (parameter.TryGetProperty("required", out var required) && required.GetBoolean() && parameter.GetProperty("in").GetString() is "query")
                query.Add($"{parameter.GetProperty("name").GetString()}={value}");
        }

        Assert.DoesNotContain("{", address, StringComparison.Ordinal);
        return caller.Send(Method, address + (query.Count == 0 ? "" : "?" + string.Join('&', query)), Body(id, isEmpty), IsUnsafe ? requestId : null);
    }

    /// <summary>Whether an id stands in the path or the body.</summary>
    public bool TakesId => Parameters().Any(p => p.GetProperty("in").GetString() is "path" && IsId(p.GetProperty("schema"))) || BodySchema() is { } schema && (Sample(schema, s_probe, 0)?.ToJsonString() ?? "").Contains(s_probe.ToString(), StringComparison.Ordinal);

    private static readonly Guid s_probe = new("11111111-2222-7333-8444-555555555555");

    private IEnumerable<JsonElement> Parameters() => _operation.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Where(p => p.GetProperty("name").GetString() is not (AccessGate.CommunityRouteValue or RequestId.Header))
        : [];

    private JsonElement? BodySchema() => _operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json) ? json.GetProperty("schema") : null;

    private HttpContent? Body(Guid id, bool isEmpty)
    {
        if (!_operation.TryGetProperty("requestBody", out var body))
            return null;
        if (body.GetProperty("content").TryGetProperty("multipart/form-data", out _))
        {
            var file = new ByteArrayContent([1]);
            file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            return new MultipartFormDataContent { { file, "file", "a.jpg" } };
        }

        var json = isEmpty ? "{}" : Sample(BodySchema()!.Value, id, 0)?.ToJsonString() ?? "{}";
        return new StringContent(json, Encoding.UTF8, "application/json");
    }

    private static bool IsId(JsonElement schema) => schema.TryGetProperty("format", out var format) && format.GetString() is "uuid";

    private JsonNode? Sample(JsonElement schema, Guid id, int depth)
    {
        if (depth > MaxDepth)
            return null;
        if (schema.TryGetProperty("$ref", out var reference))
            return Sample(reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(_document, (at, name) => at.GetProperty(name)), id, depth + 1);
        foreach (var choice in (string[])["oneOf", "anyOf"])
            if (schema.TryGetProperty(choice, out var choices))
                return Sample(choices.EnumerateArray().First(c => TypeOf(c) is not "null"), id, depth + 1);
        if (schema.TryGetProperty("enum", out var values))
            return values.EnumerateArray().First(v => v.ValueKind != JsonValueKind.Null).GetString();
        return TypeOf(schema) switch
        {
            "object" => SampleObject(schema, id, depth),
            "array" => new JsonArray(schema.TryGetProperty("items", out var items) ? Sample(items, id, depth + 1) : "x"),
            "integer" or "number" => 1,
            "boolean" => true,
            "null" => null,
            _ => SampleText(schema, id),
        };
    }

    private JsonObject SampleObject(JsonElement schema, Guid id, int depth)
    {
        var made = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties))
            foreach (var property in properties.EnumerateObject())
                made[property.Name] = Sample(property.Value, id, depth + 1);
        return made;
    }

    private static JsonNode SampleText(JsonElement schema, Guid id) => (schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
    {
        "uuid" => id.ToString(),
        "date" => "2026-12-24",
        "date-time" => "2026-12-24T02:00:00Z",
        "time" => "09:00:00",
        _ => "楼栋关怀日",
    };

    // OpenAPI 3.1 writes a nullable text as a list of two types; a number may be written as a text pattern too.
    private static string? TypeOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
            return schema.TryGetProperty("properties", out _) ? "object" : null;
        return type.ValueKind == JsonValueKind.String ? type.GetString() : type.EnumerateArray().Select(t => t.GetString()).OrderBy(t => t is "null" ? 2 : t is "string" ? 1 : 0).First();
    }
}
