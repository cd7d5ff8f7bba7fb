using System.Text.Json.Nodes;
using Phoenix.App.Hosting;
using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Api;

/// <summary>
/// backend/openapi.json is this build's document, and nothing that backend/openapi.released.json promised is taken back. At a release the
/// first is copied over the second.
/// </summary>
public sealed class OpenApiTests
{
    private const string Committed = "backend/openapi.json";
    private const string Released = "backend/openapi.released.json";

    [Fact]
    public async Task The_committed_document_is_this_build_s()
    {
        var built = await PhoenixHost.OpenApiDocument(TestContext.Current.CancellationToken);
        Assert.True(built == Text(Committed), $"{Committed} is stale. Write it anew: dotnet run --project backend/Phoenix.App -- openapi > {Committed}");
    }

    [Fact]
    public void Nothing_released_is_taken_back() => Rule.Holds(OpenApiAdditive.Breaking(JsonNode.Parse(Text(Released))!, JsonNode.Parse(Text(Committed))!));

    [Fact]
    public void A_released_operation_that_is_gone_is_caught()
    {
        var present = JsonNode.Parse(Text(Committed))!;
        present["paths"]!.AsObject().Remove("/api/v1/communities");
        Assert.NotEmpty(OpenApiAdditive.Breaking(JsonNode.Parse(Text(Released))!, present));
    }

    [Fact]
    public void Every_unsafe_operation_takes_a_request_id_and_every_operation_says_who_may_call_it()
    {
        var document = JsonNode.Parse(Text(Committed))!;
        Rule.Holds(Undeclared(document));
        document["paths"]!["/api/v1/communities/{communityId}/calendar/entries/{date}"]!["delete"]!["parameters"]!.AsArray().Clear();
        document["paths"]!["/api/v1/communities"]!["get"]!.AsObject().Remove("x-phoenix-access");
        Assert.Equal(
            ["delete /api/v1/communities/{communityId}/calendar/entries/{date} takes no request id.", "get /api/v1/communities says not who may call it."],
            Undeclared(document).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Undeclared(JsonNode document)
    {
        foreach (var (path, methods) in document["paths"]!.AsObject())
            foreach (var (method, operation) in methods!.AsObject())
            {
                var parameters = operation!["parameters"]?.AsArray() ?? [];
                if (method is not "get" && !parameters.Any(p => (string?)p!["name"] == "Idempotency-Key"))
                    yield return $"{method} {path} takes no request id.";
                if (operation["x-phoenix-access"]?.AsArray() is not { Count: > 0 })
                    yield return $"{method} {path} says not who may call it.";
            }
    }

    private static string Text(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));
}
