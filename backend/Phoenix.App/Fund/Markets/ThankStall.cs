using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Markets;

/// <summary>A neighbour scans a stall's code and thanks it, once; only how many did is shown.</summary>
public static class ThankStall
{
    /// <summary>The stall's thanks.</summary>
    /// <param name="StallId">The stall.</param>
    /// <param name="Thanks">How many neighbours thanked it.</param>
    public sealed record Response(Guid StallId, int Thanks);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/stalls/{id:guid}/thanks", (
            Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Member).WithName("thankStall").WithSummary("感谢摊位");

    /// <summary>How many thanked each of some stalls; one that nobody thanked is absent.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, int>> ThanksOf(this PhoenixDb db, IReadOnlyCollection<Guid> stalls, CancellationToken cancel) =>
        await db.Set<StallThanks>().Where(t => stalls.Contains(t.StallId)).GroupBy(t => t.StallId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, StallDesk desk, Clock clock)
    {
        /// <summary>The stall's thanks, or <see cref="UnknownStall"/>, <see cref="MarketNotBegun"/>, <see cref="OwnThanks"/>. Thanked before: as it is.</summary>
        public Task<Result<Response>> Run(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!(await desk.Find(id, cancel)).TryGet(out var found, out var error))
                return error;
            if (found.Stall.State != StallState.Approved || found.Market.State is MarketState.Draft or MarketState.Cancelled)
                return new UnknownStall();
            if (found.Market.StartsAt > clock.Now)
                return new MarketNotBegun();
            if (found.Stall.AdultId == caller.PersonId || found.Stall.ChildId == caller.PersonId)
                return new OwnThanks();
            if (!await db.Set<StallThanks>().AnyAsync(t => t.StallId == id && t.PersonId == caller.PersonId, cancel))
                db.Add(new StallThanks { CommunityId = db.Scope.CommunityId, StallId = id, PersonId = caller.PersonId, At = clock.Now });
            await db.SaveChangesAsync(cancel);
            return new Response(id, await db.Set<StallThanks>().CountAsync(t => t.StallId == id, cancel));
        }, cancel);
    }
}
