using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Bookkeeping;

/// <summary>Staff, treasurer and auditors see each night's check of the books.</summary>
public static class ListBookChecks
{
    /// <summary>A night's check.</summary>
    /// <param name="Date">The community's day.</param>
    /// <param name="Head">Up to where the journal was proved, <c>seq:hash</c>.</param>
    /// <param name="Fault">What was wrong; null: everything agreed.</param>
    /// <param name="CheckedAt">When it was done.</param>
    public sealed record Item(DateOnly Date, string Head, string? Fault, DateTimeOffset CheckedAt);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/journal/checks", Run)
        .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor)
        .WithName("listBookChecks").WithSummary("每夜对账结果");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<DateOnly?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var before = at.After ?? DateOnly.MaxValue;
        var rows = await db.Set<BookCheckRow>().AsNoTracking().Where(c => c.Date < before).OrderByDescending(c => c.Date).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(c => new Item(c.Date, $"{c.Seq}:{c.Hash}", c.Fault, c.CheckedAt)), at.Limit, i => i.Date));
    }
}
