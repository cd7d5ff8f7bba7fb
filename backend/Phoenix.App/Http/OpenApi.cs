using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Phoenix.App.Http;

/// <summary>The OpenAPI document: what the framework reads from the routes, and what it can't: access, request ids, refusals.</summary>
public static class OpenApi
{
    /// <summary>The document's name in its address.</summary>
    public const string DocumentName = "v1";

    /// <summary>The extension that names who may call an operation.</summary>
    public const string AccessExtension = "x-phoenix-access";

    private const string BearerScheme = "bearer";
    private const string RefusalResponse = "Refusal";

    /// <summary>Services.</summary>
    public static void AddPhoenixOpenApi(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.AddDocumentTransformer(Describe);
        options.AddOperationTransformer(Describe);
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // We refuse unknown fields; a client must not, or no field could ever be added to an answer.
            schema.AdditionalPropertiesAllowed |= !context.JsonTypeInfo.Type.Name.EndsWith("Request", StringComparison.Ordinal);
            return Task.CompletedTask;
        });
        options.CreateSchemaReferenceId = info => NameOf(info.Type) ?? OpenApiOptions.CreateDefaultSchemaReferenceId(info);
    });

    // Every use case has a Request, a Response, an Item: the use case's name tells them apart.
    private static string? NameOf(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>))
            return (NameOf(type.GenericTypeArguments[0]) ?? type.GenericTypeArguments[0].Name) + nameof(Page);
        return type is { IsNested: true, IsGenericType: false } ? type.DeclaringType!.Name + type.Name : null;
    }

    private static async Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Phoenix 凤凰币",
            Version = DocumentName,
            Description = "Additive only. Unsafe calls carry an Idempotency-Key; refusals are application/problem+json with a stable code and a Chinese title to show.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[BearerScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
        };
        document.Components.Responses ??= new Dictionary<string, IOpenApiResponse>(StringComparer.Ordinal);
        document.Components.Responses[RefusalResponse] = new OpenApiResponse
        {
            Description = "A refusal.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [Problem.MediaType] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(Problem), cancellationToken: cancel) },
            },
        };
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RouteAccess>().LastOrDefault() is { } access)
        {
            operation.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal);
            operation.Extensions[AccessExtension] = new JsonNodeExtension(new JsonArray([.. Names(access).Select(n => (JsonNode)n)]));
            if (access.Kind != AccessKind.Anyone)
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(BearerScheme, context.Document)] = [] }];
        }

        operation.Parameters ??= [];
        if (context.Description.RelativePath!.Contains($"{{{AccessGate.CommunityRouteValue}}}", StringComparison.Ordinal))
            operation.Parameters.Insert(0, new OpenApiParameter
            {
                Name = AccessGate.CommunityRouteValue,
                In = ParameterLocation.Path,
                Required = true,
                Description = "The community's number.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            });
        if (metadata.OfType<TakesRequestId>().Any())
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = RequestId.Header,
                In = ParameterLocation.Header,
                Required = true,
                Description = "A UUID made and stored by the client before the first try and sent again with every retry.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            });

        // Any refusal may come from any route (rate limit, database away); one default stands for them all.
        operation.Responses ??= [];
        operation.Responses.Remove("400");
        operation.Responses["default"] = new OpenApiResponseReference(RefusalResponse, context.Document);
        return Task.CompletedTask;
    }

    private static IEnumerable<string> Names(RouteAccess access) => access.Kind switch
    {
        AccessKind.Anyone => ["anyone"],
        AccessKind.SignedIn => ["signedIn"],
        _ => access.Roles.Select(r => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(r.ToString())),
    };
}
