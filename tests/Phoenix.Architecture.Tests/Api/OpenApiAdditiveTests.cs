using System.Text.Json.Nodes;
using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Api;

/// <summary>The comparison of two API documents: each breaking change is caught, additions pass.</summary>
public sealed class OpenApiAdditiveTests
{
    private const string Document = """
        {
          "paths": {
            "/offers": {
              "get": {
                "parameters": [ { "name": "size", "in": "query", "schema": { "type": "integer", "maximum": 100 } } ],
                "responses": { "200": { "content": { "application/json": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Offer" } } } } } }
              },
              "post": {
                "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/NewOffer" } } } },
                "responses": { "201": {}, "409": {}, "default": { "$ref": "#/components/responses/Refusal" } }
              }
            },
            "/health": { "get": { "responses": { "200": {} } } }
          },
          "components": { "responses": { "Refusal": { "content": { "application/problem+json": { "schema": { "type": "object", "required": [ "code" ], "properties": { "code": { "type": "string" } } } } } } },
          "schemas": {
            "Offer": {
              "type": "object",
              "required": [ "id", "state" ],
              "properties": {
                "id": { "type": "integer", "format": "int64" },
                "state": { "enum": [ "open", "closed" ] },
                "next": { "oneOf": [ { "type": "null" }, { "$ref": "#/components/schemas/Offer" } ] }
              }
            },
            "NewOffer": {
              "type": "object",
              "required": [ "name" ],
              "properties": { "name": { "type": "string", "maxLength": 40 }, "note": { "type": [ "string", "null" ] }, "kind": { "enum": [ "meal", "goods" ] } }
            }
          } }
        }
        """;

    [Theory]
    [InlineData("\"/health\"", "\"/healthy\"", "/health: the path is gone")]
    [InlineData("\"post\"", "\"patch\"", "POST /offers: the operation is gone")]
    [InlineData("\"409\"", "\"410\"", "the answer 409 is gone")]
    [InlineData("\"id\": { \"type\": \"integer\", \"format\": \"int64\" }", "\"key\": { \"type\": \"integer\" }", "GET /offers 200[]: the property id is gone")]
    [InlineData("\"integer\", \"format\"", "\"string\", \"format\"", "GET /offers 200[].id: the type changed from integer to string")]
    [InlineData("\"int64\"", "\"double\"", "the format changed from int64 to double")]
    [InlineData("[ \"id\", \"state\" ]", "[ \"id\" ]", "the property state may be missing now")]
    [InlineData("[ \"open\", \"closed\" ]", "[ \"open\" ]", "the value closed is gone")]
    [InlineData("[ \"meal\", \"goods\" ]", "[ \"meal\" ]", "the value goods is gone")]
    [InlineData("[ \"name\" ]", "[ \"name\", \"note\" ]", "POST /offers body: the property note became required")]
    [InlineData("[ \"string\", \"null\" ]", "[ \"string\" ]", "POST /offers body.note: the type changed")]
    [InlineData("\"note\"", "\"remark\"", "the property note is gone")]
    [InlineData("\"maxLength\": 40", "\"maxLength\": 39", "POST /offers body.name: maxLength is narrower")]
    [InlineData("100", "50", "GET /offers query size: maximum is narrower")]
    [InlineData("\"in\": \"query\"", "\"in\": \"query\", \"required\": true", "the parameter query size became required")]
    [InlineData("\"size\"", "\"limit\"", "the parameter query size is gone")]
    [InlineData("\"requestBody\": {", "\"requestBody\": { \"required\": true,", "the body became required")]
    [InlineData("\"requestBody\"", "\"ignored\"", "the body is no longer taken")]
    [InlineData("[ \"code\" ]", "[ ]", "POST /offers default: the property code may be missing now")]
    [InlineData("responses/Refusal", "responses/Gone", "POST /offers default: the content type application/problem+json is gone")]
    [InlineData("{ \"schema\": { \"type\": \"array\"", "{ \"ignored\": { \"type\": \"array\"", "the type changed from array to any")]
    public void A_breaking_change_is_caught(string was, string now, string culprit)
    {
        var changed = Document.Replace(was, now, StringComparison.Ordinal);
        Assert.NotEqual(Document, changed, StringComparer.Ordinal);
        Assert.Contains(Breaking(Document, changed), change => change.Contains(culprit, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"/health\": {", "\"/more\": { \"get\": {} }, \"/health\": {")]
    [InlineData("\"409\": {}", "\"409\": {}, \"410\": {}")]
    [InlineData("\"state\": {", "\"more\": { \"type\": \"string\" }, \"state\": {")]
    [InlineData("[ \"open\", \"closed\" ]", "[ \"open\", \"closed\", \"paused\" ]")]
    [InlineData("[ \"meal\", \"goods\" ]", "[ \"meal\", \"goods\", \"care\" ]")]
    [InlineData("[ \"id\", \"state\" ]", "[ \"id\", \"state\", \"next\" ]")]
    [InlineData("[ \"name\" ]", "[ ]")]
    [InlineData("\"maxLength\": 40", "\"maxLength\": 80")]
    [InlineData("\"maxLength\": 40", "\"title\": \"Name\"")]
    public void An_addition_passes(string was, string now) => Rule.Holds(Breaking(Document, Document.Replace(was, now, StringComparison.Ordinal)));

    [Fact]
    public void The_same_document_passes() => Rule.Holds(Breaking(Document, Document));

    private static IReadOnlyList<string> Breaking(string released, string present) => OpenApiAdditive.Breaking(JsonNode.Parse(released)!, JsonNode.Parse(present)!);
}
