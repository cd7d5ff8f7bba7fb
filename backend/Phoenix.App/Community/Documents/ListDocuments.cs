using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Community.Documents;

/// <summary>Anybody sees which documents are in force, and every earlier version of each.</summary>
public static class ListDocuments
{
    /// <summary>The documents in force.</summary>
    /// <param name="Items">The latest version of each.</param>
    public sealed record Response(IReadOnlyList<DocumentHead> Items);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/documents", Current)
            .AllowAnyone()
            .WithName("listDocuments").WithSummary("现行的规则文件");
        community.MapGet("/documents/{id:guid}/versions", Versions)
            .AllowAnyone()
            .WithName("listDocumentVersions").WithSummary("这份规则文件的历次版本");
    }

    private static async Task<Ok<Response>> Current(DocumentConsents consents, CancellationToken cancel) =>
        TypedResults.Ok(new Response(await consents.Current(cancel)));

    private static async Task<Results<Ok<Page<DocumentHead>>, Refusal>> Versions(
        Guid id, [AsParameters] PageQuery page, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<int?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var all = db.Set<RuleDocument>().AsNoTracking();
        if (await all.FirstOrDefaultAsync(d => d.Id == id, cancel) is not { Kind: var kind })
            return new Refusal(new DocumentUnknown());
        var before = at.After ?? int.MaxValue;
        var rows = await all.Where(d => d.Kind == kind && d.Version < before).OrderByDescending(d => d.Version).Take(at.Limit + 1)
            .Select(d => new DocumentHead(d.Id, d.Kind, d.Version, d.Title, d.MustAccept, d.PublishedAt)).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows, at.Limit, d => d.Version));
    }
}
