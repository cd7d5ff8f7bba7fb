using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>The shifts that the caller leads, as their own, their team's or their post's: those to come, and those that are over with what is left to verify.</summary>
public static class LedShifts
{
    /// <summary>Shifts that ended longer ago aren't listed: by then the records are written (令67 art 11).</summary>
    public static readonly TimeSpan Past = TimeSpan.FromDays(60);

    /// <summary>A shift.</summary>
    /// <param name="Id">The shift.</param>
    /// <param name="ActivityId">Its activity.</param>
    /// <param name="Activity">The activity's title.</param>
    /// <param name="StartsAt">Its first instant.</param>
    /// <param name="EndsAt">The instant after its last.</param>
    /// <param name="Address">Where.</param>
    /// <param name="Capacity">Places in all.</param>
    /// <param name="Taken">Places that are taken.</param>
    /// <param name="There">People who are there now.</param>
    /// <param name="ToVerify">Attendances that nobody verified yet, those who are there included.</param>
    public sealed record Item(Guid Id, Guid ActivityId, string Activity, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Address, int Capacity, int Taken, int There, int ToVerify);

    private sealed record Cursor(DateTimeOffset StartsAt, Guid Id);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/led-shifts", Run)
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker)
        .WithName("listLedShifts").WithSummary("我负责的时段");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, [FromQuery] bool? past, Caller caller, PhoenixDb db, Leaderships leaderships, Clock clock, CancellationToken cancel)
    {
        if (!page.Read<Cursor?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var (now, since) = (clock.Now, clock.Now - Past);
        var shifts = leaderships.Led(caller.PersonId).AsNoTracking();
        shifts = past is true ? shifts.Where(s => s.EndsAt <= now && s.EndsAt > since) : shifts.Where(s => s.EndsAt > now);
        if (at.After is { } after)
        {
            var (start, id) = (after.StartsAt, after.Id);
            shifts = past is true
                ? shifts.Where(s => s.StartsAt < start || (s.StartsAt == start && s.Id.CompareTo(id) < 0))
                : shifts.Where(s => s.StartsAt > start || (s.StartsAt == start && s.Id.CompareTo(id) > 0));
        }

        shifts = past is true ? shifts.OrderByDescending(s => s.StartsAt).ThenByDescending(s => s.Id) : shifts.OrderBy(s => s.StartsAt).ThenBy(s => s.Id);
        var rows = await shifts.Take(at.Limit + 1).ToListAsync(cancel);
        var (ids, activities) = (rows.ConvertAll(s => s.Id), rows.ConvertAll(s => s.ActivityId));
        var titles = await db.Set<Activity>().Where(a => activities.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Title, cancel);
        var counts = (await db.Set<Attendance>().Where(a => ids.Contains(a.ShiftId) && (a.State == AttendanceState.Open || a.State == AttendanceState.CheckedOut))
            .GroupBy(a => new { a.ShiftId, IsThere = a.State == AttendanceState.Open }).Select(g => new { g.Key.ShiftId, g.Key.IsThere, People = g.Count() }).ToListAsync(cancel)).ToLookup(c => c.ShiftId);
        return TypedResults.Ok(Page.Of(
            rows.ConvertAll(s => new Item(
                s.Id, s.ActivityId, titles[s.ActivityId], s.StartsAt, s.EndsAt, s.Address, s.Capacity, s.Taken, counts[s.Id].Where(c => c.IsThere).Sum(c => c.People), counts[s.Id].Sum(c => c.People))),
            at.Limit,
            i => new Cursor(i.StartsAt, i.Id)));
    }
}
