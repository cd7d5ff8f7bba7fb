using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Units;

/// <summary>The caller's own units, and the proposals that wait for their word.</summary>
public static class ListMyUnits
{
    /// <summary>A membership.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="UnitId">The unit.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="JoinedAt">Since when; null for a proposal that waits.</param>
    /// <param name="ProposalEndsAt">For a proposal: until when it can be confirmed.</param>
    /// <param name="SharesHours">Whether the unit may see the caller's hours.</param>
    /// <param name="IsPrimary">Whether the caller's service records name this unit.</param>
    public sealed record Item(Guid Id, Guid UnitId, string Name, UnitKind Kind, DateTimeOffset? JoinedAt, DateTimeOffset? ProposalEndsAt, bool SharesHours, bool IsPrimary);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/unit-memberships", Run)
        .RequireRole(Role.Member)
        .WithName("listMyUnits").WithSummary("我的单位");

    private static async Task<Ok<IReadOnlyList<Item>>> Run(Caller caller, PhoenixDb db, Clock clock, CancellationToken cancel)
    {
        var now = clock.Now;
        var primary = await db.Set<UnitPrimary>().Where(p => p.PersonId == caller.PersonId && p.EndedAt == null).Select(p => (Guid?)p.UnitId).FirstOrDefaultAsync(cancel);
        var places = await db.Set<UnitMember>().AsNoTracking().Where(m => m.PersonId == caller.PersonId && m.EndedAt == null)
            .Join(db.Set<Unit>(), m => m.UnitId, u => u.Id, (m, u) => new { Place = m, u.Name, u.Kind, u.SortKey })
            .OrderBy(p => p.SortKey).ThenBy(p => p.Place.Id).Take(PageQuery.MaxLimit).ToListAsync(cancel);
        IReadOnlyList<Item> shown = [.. places.Where(p => !p.Place.IsStale(now)).Select(p => Show(p.Place, p.Name, p.Kind, p.Place.UnitId == primary))];
        return TypedResults.Ok(shown);
    }

    internal static Item Show(UnitMember place, string name, UnitKind kind, bool isPrimary) => new(
        place.Id, place.UnitId, name, kind, place.JoinedAt, place.JoinedAt is null ? place.ProposedAt + UnitMember.ProposalLifetime : null, place.SharesHoursSince is not null,
        isPrimary && place.JoinedAt is not null);
}
