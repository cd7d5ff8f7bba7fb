using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Community.Documents;

/// <summary>Anybody reads any version of a document.</summary>
public static class GetDocument
{
    /// <summary>A version with its text.</summary>
    /// <param name="Head">Which it is.</param>
    /// <param name="Body">The text.</param>
    public sealed record Response(DocumentHead Head, string Body);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/documents/{id:guid}", (
            Guid id, PhoenixDb db, CancellationToken cancel) => Run(id, db, cancel).ToHttp())
        .AllowAnyone()
        .WithName("getDocument").WithSummary("规则文件正文");

    private static async Task<Result<Response>> Run(Guid id, PhoenixDb db, CancellationToken cancel)
    {
        var found = await db.Set<RuleDocument>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancel);
        if (found is null)
            return new DocumentUnknown();
        return new Response(new DocumentHead(found.Id, found.Kind, found.Version, found.Title, found.MustAccept, found.PublishedAt), found.Body);
    }
}
