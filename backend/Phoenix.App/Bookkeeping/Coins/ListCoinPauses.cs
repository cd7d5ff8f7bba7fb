using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Bookkeeping.Coins;

/// <summary>Everybody who works here sees when issuing or redeeming was paused and resumed, and why; newest first.</summary>
public static class ListCoinPauses
{
    /// <summary>A pause or its end.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Flow">What.</param>
    /// <param name="IsPause">Whether it was paused, or resumed.</param>
    /// <param name="Reason">As shown to everybody.</param>
    /// <param name="At">When.</param>
    public sealed record Item(Guid Id, CoinFlow Flow, bool IsPause, string Reason, DateTimeOffset At);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/coins/pauses", Run)
        .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor)
        .WithName("listCoinPauses").WithSummary("暂停与恢复的记录");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var rows = db.Set<CoinPause>().AsNoTracking();
        if (at.After is { } before)
            rows = rows.Where(p => p.Id.CompareTo(before) < 0);
        var found = await rows.OrderByDescending(p => p.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(found.ConvertAll(p => new Item(p.Id, p.Flow, p.IsPause, p.Reason, p.At)), at.Limit, i => i.Id));
    }
}
