using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records;

/// <summary>
/// What a unit's people gave in a year, by kind of help: of those only who let it see their hours now, and of records that name the unit. Hours and people; never
/// coins, never who.
/// </summary>
public static class GetUnitHours
{
    /// <summary>A kind of help.</summary>
    /// <param name="Category">Which.</param>
    /// <param name="Minutes">Minutes given.</param>
    /// <param name="People">By how many people.</param>
    public sealed record Kind(ImpactCategory Category, int Minutes, int People);

    /// <summary>A year.</summary>
    /// <param name="Year">The year.</param>
    /// <param name="Minutes">Minutes given.</param>
    /// <param name="People">By how many people.</param>
    /// <param name="Kinds">By kind, in the order of the kinds.</param>
    public sealed record Response(int Year, int Minutes, int People, IReadOnlyList<Kind> Kinds);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/units/{id:guid}/hours", (
            Guid id, [FromQuery] int? year, Caller caller, Reader reader, CancellationToken cancel) => reader.Run(id, year, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.UnitContact)
        .WithName("getUnitHours").WithSummary("单位的服务时长");

    /// <summary>Reads it.</summary>
    internal sealed class Reader(PhoenixDb db, IUnits units, ICommunityCalendar calendar, Clock clock)
    {
        /// <summary>The year, this one where none is named; or <see cref="UnknownUnitOfHours"/>.</summary>
        public async Task<Result<Response>> Run(Guid id, int? year, Caller caller, CancellationToken cancel)
        {
            if (!caller.Is(Role.Staff) && !await units.IsContact(id, caller.PersonId, cancel))
                return new UnknownUnitOfHours();
            var wanted = Math.Clamp(year ?? calendar.Time.DayOf(clock.Now).Year, DateOnly.MinValue.Year, DateOnly.MaxValue.Year);
            var (from, to, consenting) = (new DateOnly(wanted, 1, 1), new DateOnly(wanted, 12, 31), await units.Consenting(id, cancel));
            var sums = await db.Set<ServiceRecord>().AsNoTracking().Where(r => r.UnitId == id && r.Ending == null && r.Day >= from && r.Day <= to && consenting.Contains(r.PersonId))
                .Select(r => new { r.PersonId, r.Minutes, Category = db.Set<Activity>().Where(a => a.Id == r.ActivityId).Select(a => (ImpactCategory?)a.Category).FirstOrDefault() ?? ImpactCategory.Other })
                .GroupBy(r => new { r.Category, r.PersonId }).Select(g => new { g.Key.Category, g.Key.PersonId, Minutes = g.Sum(r => r.Minutes) }).ToListAsync(cancel);
            return new Response(
                wanted, sums.Sum(s => s.Minutes), sums.Select(s => s.PersonId).Distinct().Count(),
                [.. sums.GroupBy(s => s.Category).OrderBy(g => g.Key).Select(g => new Kind(g.Key, g.Sum(s => s.Minutes), g.Count()))]);
        }
    }
}
