using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping.SpotChecks;

/// <summary>Auditors, and those whose work was drawn, see every draw that was made, newest first.</summary>
public static class ListSpotChecks
{
    /// <summary>A draw.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Month">2026-11.</param>
    /// <param name="Count">How many it brought.</param>
    /// <param name="DrawnBy">Who drew, the id that the log has.</param>
    /// <param name="DrawnAt">When.</param>
    public sealed record Item(Guid Id, string Month, int Count, Guid DrawnBy, DateTimeOffset DrawnAt);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/spot-checks", Run)
        .RequireRole(Role.Auditor, Role.Staff, Role.Treasurer)
        .WithName("listSpotChecks").WithSummary("抽查记录");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var checks = db.Set<SpotCheck>().AsNoTracking();
        if (at.After is { } before)
            checks = checks.Where(c => c.Id.CompareTo(before) < 0);
        var rows = await checks.OrderByDescending(c => c.Id).Take(at.Limit + 1)
            .Select(c => new { Check = c, Count = db.Set<SpotCheckItem>().Count(i => i.CheckId == c.Id) }).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(r => new Item(r.Check.Id, Month.Of(r.Check.Month).ToString(), r.Count, r.Check.DrawnBy, r.Check.DrawnAt)), at.Limit, i => i.Id));
    }
}
