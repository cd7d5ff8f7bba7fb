using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Places;

/// <summary>Where a place is, in words: 凤凰苑 3栋.</summary>
internal static class PlaceWords
{
    /// <summary>The place's name behind that of its estate; a grid, which no resident speaks of, is named only by itself. Null for no place.</summary>
    public static async Task<string?> Of(PhoenixDb db, Guid? id, CancellationToken cancel)
    {
        if (id is null || await db.Set<Place>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } place)
            return null;
        var estate = place.Kind == PlaceKind.Building ? await db.Set<Place>().Where(p => p.Id == place.ParentId).Select(p => p.Name).SingleAsync(cancel) : null;
        return estate is null ? place.Name : $"{estate} {place.Name}";
    }
}
