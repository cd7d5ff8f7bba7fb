using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Volunteering.Places;

/// <summary>The places below one place, or the grids; by name. Anyone may look: they are on the street's signs.</summary>
public static class ListPlaces
{
    /// <summary>A place.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Kind">Its level.</param>
    /// <param name="ParentId">The place one level up.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="IsArchived">Whether it is no longer offered.</param>
    /// <param name="Version">Of its last edit.</param>
    public sealed record Item(Guid Id, PlaceKind Kind, Guid? ParentId, string Name, bool IsArchived, int Version);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/places", Run)
        .AllowAnyone()
        .WithName("listPlaces").WithSummary("网格、小区、楼栋");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, [FromQuery] Guid? parent, [FromQuery] bool? archived, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<string?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var withArchived = archived is true;
        var places = db.Set<Place>().AsNoTracking().Where(p => p.ParentId == parent && (withArchived || !p.IsArchived));
        if (at.After is { } after)
            places = places.Where(p => p.Name.CompareTo(after) > 0);
        var rows = await places.OrderBy(p => p.Name).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(Show), at.Limit, i => i.Name));
    }

    internal static Item Show(Place p) => new(p.Id, p.Kind, p.ParentId, p.Name, p.IsArchived, p.Version);
}
