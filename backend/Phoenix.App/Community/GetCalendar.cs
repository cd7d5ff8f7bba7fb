using Microsoft.AspNetCore.Http.HttpResults;
using Phoenix.App.Http;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community;

/// <summary>Anyone sees which days are working days and why.</summary>
public static class GetCalendar
{
    /// <summary>Most days of an answer: a year.</summary>
    public const int MaxDays = 366;

    /// <summary>The days asked for.</summary>
    /// <param name="Days">Each day, in order.</param>
    /// <param name="YearsWithoutArrangement">Years in the range whose national arrangement isn't known yet: only weekends and the staff's own entries count there.</param>
    public sealed record Response(IReadOnlyList<CalendarDay> Days, IReadOnlyList<int> YearsWithoutArrangement);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/calendar", Run)
        .AllowAnyone()
        .WithName("getCalendar").WithSummary("工作日历");

    private static async Task<Results<Ok<Response>, Refusal>> Run(DateOnly from, DateOnly to, ICommunityCalendar calendar, CancellationToken cancel)
    {
        var count = to.DayNumber - from.DayNumber + 1;
        if (count is < 1 or > MaxDays)
            return new Refusal(new CalendarRangeBad());
        var working = await calendar.WorkingDays(from, to, cancel);
        var days = Enumerable.Range(0, count).Select(i => working.Day(from.AddDays(i))).ToList();
        var unknown = Enumerable.Range(from.Year, to.Year - from.Year + 1).Where(year => !NationalDays.Knows(year)).ToList();
        return TypedResults.Ok(new Response(days, unknown));
    }
}
