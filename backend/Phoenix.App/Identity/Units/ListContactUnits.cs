using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Identity.Units;

/// <summary>The units for which the caller speaks, in alphabetical order.</summary>
public static class ListContactUnits
{
    /// <summary>A unit.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Members">How many are in it.</param>
    /// <param name="Sharing">How many of them let the unit see their hours.</param>
    public sealed record Item(Guid Id, string Name, UnitKind Kind, int Members, int Sharing);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/contact-units", Run)
        .RequireRole(Role.UnitContact)
        .WithName("listContactUnits").WithSummary("我联系的单位");

    private static async Task<Ok<IReadOnlyList<Item>>> Run(Caller caller, PhoenixDb db, CancellationToken cancel)
    {
        var members = db.Set<UnitMember>().Where(m => m.EndedAt == null && m.JoinedAt != null);
        IReadOnlyList<Item> units = await db.Set<UnitContact>().Where(c => c.PersonId == caller.PersonId)
            .Join(db.Set<Unit>(), c => c.UnitId, u => u.Id, (c, u) => u)
            .OrderBy(u => u.SortKey).ThenBy(u => u.Id).Take(PageQuery.MaxLimit)
            .Select(u => new Item(u.Id, u.Name, u.Kind, members.Count(m => m.UnitId == u.Id), members.Count(m => m.UnitId == u.Id && m.SharesHoursSince != null)))
            .ToListAsync(cancel);
        return TypedResults.Ok(units);
    }
}
