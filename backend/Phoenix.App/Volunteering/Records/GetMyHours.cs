using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;

namespace Phoenix.App.Volunteering.Records;

/// <summary>我的服务时长: minutes in all and by year. They come from records alone (hard rule 1): nothing that happens to coins changes them.</summary>
public static class GetMyHours
{
    /// <summary>A year.</summary>
    /// <param name="Number">The year, in the community's days.</param>
    /// <param name="Minutes">Minutes given.</param>
    /// <param name="Records">In so many records.</param>
    public sealed record Year(int Number, int Minutes, int Records);

    /// <summary>The totals.</summary>
    /// <param name="Minutes">Minutes in all years.</param>
    /// <param name="Records">In so many records.</param>
    /// <param name="Years">The years with service, newest first.</param>
    public sealed record Response(int Minutes, int Records, IReadOnlyList<Year> Years);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/service-records/mine/hours", Run)
        .RequireSignedIn()
        .WithName("getMyHours").WithSummary("我的服务时长");

    private static async Task<Results<Ok<Response>, Refusal>> Run([FromQuery] Guid? memberId, Caller caller, PhoenixDb db, IPeople people, CancellationToken cancel)
    {
        if (await people.WhoseRecords(memberId, caller, cancel) is not { } person)
            return new Refusal(new UnknownRecord());
        var years = await db.Set<ServiceRecord>().Where(r => r.PersonId == person && r.Ending == null)
            .GroupBy(r => r.Day.Year)
            .Select(g => new { Number = g.Key, Minutes = g.Sum(r => r.Minutes), Records = g.Count() })
            .OrderByDescending(y => y.Number)
            .ToListAsync(cancel);
        return TypedResults.Ok(new Response(years.Sum(y => y.Minutes), years.Sum(y => y.Records), years.ConvertAll(y => new Year(y.Number, y.Minutes, y.Records))));
    }
}
