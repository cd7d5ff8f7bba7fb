using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Community;

/// <summary>Anyone looks for a community, before signing in.</summary>
public static class ListCommunities
{
    /// <summary>A community as everybody may see it.</summary>
    /// <param name="Id">Its number in every address.</param>
    /// <param name="Name">As residents know it.</param>
    /// <param name="District">Where it is.</param>
    /// <param name="Phone">The number that 打电话给社区 dials.</param>
    public sealed record Item(int Id, string Name, string District, string Phone);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/communities", Run)
        .AllowAnyone()
        .WithName("listCommunities").WithSummary("社区列表");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<int>().TryGet(out var at, out var error))
            return new Refusal(error);
        var rows = await db.Set<CommunityRow>().AsNoTracking()
            .Where(c => c.Id > at.After).OrderBy(c => c.Id).Take(at.Limit + 1)
            .Select(c => new Item(c.Id, c.Name, c.District, c.Phone)).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows, at.Limit, c => c.Id));
    }
}
