using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Identity.Units;

/// <summary>The community's units in alphabetical order, never ranked. Staff may ask for the closed ones.</summary>
public static class ListUnits
{
    /// <summary>A unit.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="ClosedAt">When it was closed; null while it is open.</param>
    public sealed record Item(Guid Id, string Name, UnitKind Kind, DateTimeOffset? ClosedAt);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/units", Run)
        .RequireSignedIn()
        .WithName("listUnits").WithSummary("单位名单");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, [FromQuery] bool? closed, Caller caller, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var wanted = closed is true && caller.Is(Role.Staff);
        var units = db.Set<Unit>().AsNoTracking().Where(u => u.ClosedAt != null == wanted);
        if (at.After is { } id)
        {
            if (await db.Set<Unit>().Where(u => u.Id == id).Select(u => u.SortKey).FirstOrDefaultAsync(cancel) is not { } key)
                return new Refusal(new BadPage());
            units = units.Where(u => string.Compare(u.SortKey, key) > 0 || (u.SortKey == key && u.Id.CompareTo(id) > 0));
        }

        var rows = await units.OrderBy(u => u.SortKey).ThenBy(u => u.Id).Take(at.Limit + 1).Select(u => Show(u)).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows, at.Limit, i => i.Id));
    }

    internal static Item Show(Unit unit) => new(unit.Id, unit.Name, unit.Kind, unit.ClosedAt);
}
