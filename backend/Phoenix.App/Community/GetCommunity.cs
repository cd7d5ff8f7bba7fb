using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community;

/// <summary>Anyone opens a community: its name, its phone number and its day, by the server's clock.</summary>
public static class GetCommunity
{
    /// <summary>The community.</summary>
    /// <param name="Id">Its number in every address.</param>
    /// <param name="Name">As residents know it.</param>
    /// <param name="District">Where it is.</param>
    /// <param name="Phone">The number that 打电话给社区 dials.</param>
    /// <param name="Now">The server's instant, UTC: screens count by it and not by the phone's clock.</param>
    /// <param name="Today">The community's day now.</param>
    public sealed record Response(int Id, string Name, string District, string Phone, DateTimeOffset Now, DateOnly Today);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("", Run)
        .AllowAnyone()
        .WithName("getCommunity").WithSummary("社区信息");

    private static async Task<Ok<Response>> Run(PhoenixDb db, ICommunityCalendar calendar, Clock clock, CancellationToken cancel)
    {
        var row = await db.Set<CommunityRow>().AsNoTracking().SingleAsync(c => c.Id == db.Scope.CommunityId, cancel);
        var now = clock.Now;
        return TypedResults.Ok(new Response(row.Id, row.Name, row.District, row.Phone, now, calendar.Time.DayOf(now)));
    }
}
