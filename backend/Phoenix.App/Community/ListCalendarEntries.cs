using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Community;

/// <summary>Staff and auditors see which days were declared, by whom and when.</summary>
public static class ListCalendarEntries
{
    /// <summary>A declared day.</summary>
    /// <param name="Date">The day.</param>
    /// <param name="IsWorking">Whether offices work.</param>
    /// <param name="Note">Why.</param>
    /// <param name="ChangedBy">The person who declared it.</param>
    /// <param name="ChangedAt">When.</param>
    public sealed record Item(DateOnly Date, bool IsWorking, string Note, Guid ChangedBy, DateTimeOffset ChangedAt);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/calendar/entries", Run)
        .RequireRole(Role.Staff, Role.SocialWorker, Role.Treasurer, Role.Auditor)
        .WithName("listCalendarEntries").WithSummary("单独设置过的日期");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<DateOnly?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var after = at.After ?? DateOnly.MinValue;
        var rows = await db.Set<CalendarEntry>().AsNoTracking()
            .Where(d => d.Date > after).OrderBy(d => d.Date).Take(at.Limit + 1)
            .Select(d => new Item(d.Date, d.IsWorking, d.Note, d.ChangedBy, d.ChangedAt)).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows, at.Limit, d => d.Date));
    }
}
