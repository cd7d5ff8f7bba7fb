using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;

namespace Phoenix.App.Volunteering.Grants;

/// <summary>Staff, treasurer and auditors see the batches of grants, newest first, with every member's part.</summary>
public static class ListGrants
{
    /// <summary>A member's part.</summary>
    /// <param name="MemberId">To whom.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="Coins">How many.</param>
    /// <param name="Reason">For what.</param>
    /// <param name="Evidence">What shows it.</param>
    public sealed record Part(Guid MemberId, string Name, long Coins, string Reason, string Evidence);

    /// <summary>A batch.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="ApprovalId">The proposal that decides it.</param>
    /// <param name="Coins">All its coins.</param>
    /// <param name="CreatedAt">When it was prepared.</param>
    /// <param name="GivenAt">When it was given; null for one that waits or was refused.</param>
    /// <param name="Parts">Every member's part.</param>
    public sealed record Item(Guid Id, Guid ApprovalId, long Coins, DateTimeOffset CreatedAt, DateTimeOffset? GivenAt, IReadOnlyList<Part> Parts);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/grants", Run)
        .RequireRole(Role.Staff, Role.SocialWorker, Role.Treasurer, Role.Auditor)
        .WithName("listGrants").WithSummary("表扬发放");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, PhoenixDb db, IPeople people, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var all = db.Set<GrantBatch>().AsNoTracking();
        if (at.After is { } before)
            all = all.Where(b => b.Id.CompareTo(before) < 0);
        var batches = await all.OrderByDescending(b => b.Id).Take(at.Limit + 1).ToListAsync(cancel);
        var ids = batches.ConvertAll(b => b.Id);
        var grants = await db.Set<Grant>().AsNoTracking().Where(g => ids.Contains(g.BatchId)).OrderBy(g => g.Row).ToListAsync(cancel);
        var members = await people.OfMembers([.. grants.Select(g => g.MemberId)], cancel);
        var parts = grants.ToLookup(g => g.BatchId, g => new Part(g.MemberId, members[g.MemberId].Name, g.Coins, g.Reason, g.Evidence));
        return TypedResults.Ok(Page.Of(batches.ConvertAll(b => new Item(b.Id, b.ApprovalId, b.Coins, b.CreatedAt, b.GivenAt, [.. parts[b.Id]])), at.Limit, i => i.Id));
    }
}
