using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;

namespace Phoenix.App.Fund.Markets;

/// <summary>我的摊位: those for which the caller answers, newest first, with what became of them.</summary>
public static class MyStalls
{
    /// <summary>A stall.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="MarketId">The market.</param>
    /// <param name="Market">The market's title.</param>
    /// <param name="MarketState">Where the market stands.</param>
    /// <param name="StartsAt">When the market begins.</param>
    /// <param name="Kind">Which kind.</param>
    /// <param name="State">What has become of the application.</param>
    /// <param name="Title">What stands on the sign.</param>
    /// <param name="Description">What is sold or done.</param>
    /// <param name="PledgePercent">Which part is pledged.</param>
    /// <param name="ChildName">The child that takes part, as the family calls it.</param>
    /// <param name="Number">Its number.</param>
    /// <param name="Reason">Why it was refused.</param>
    /// <param name="TakingsFen">What it took, in fen.</param>
    /// <param name="PledgedFen">What of it is pledged, in fen.</param>
    /// <param name="ReceivedFen">What came into the fund by its own receipt, in fen.</param>
    /// <param name="PeopleServed">People served.</param>
    /// <param name="Thanks">How many neighbours thanked it.</param>
    public sealed record Item(
        Guid Id, Guid MarketId, string Market, MarketState MarketState, DateTimeOffset StartsAt, StallKind Kind, StallState State, string Title, string Description, int PledgePercent, string? ChildName,
        int? Number, string? Reason, long? TakingsFen, long? PledgedFen, long ReceivedFen, int? PeopleServed, int Thanks);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/my/stalls", Run)
        .RequireRole(Role.Member).WithName("listMyStalls").WithSummary("我的摊位");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, Caller caller, PhoenixDb db, Reader reader, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var stalls = db.Set<MarketStall>().AsNoTracking().Where(s => s.AdultId == caller.PersonId);
        if (at.After is { } before)
            stalls = stalls.Where(s => s.Id.CompareTo(before) < 0);
        var rows = await stalls.OrderByDescending(s => s.Id).Take(at.Limit + 1).ToListAsync(cancel);
        var markets = await db.Set<Market>().AsNoTracking().Where(m => rows.Select(r => r.MarketId).Distinct().Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        return TypedResults.Ok(Page.Of(await reader.Show(rows, markets, cancel), at.Limit, i => i.Id));
    }

    /// <summary>Puts markets, names and figures to stalls of one's own.</summary>
    internal sealed class Reader(PhoenixDb db, MarketBook book, IPeople people)
    {
        public async Task<Item> Show(MarketStall stall, Market market, CancellationToken cancel) => (await Show([stall], new Dictionary<Guid, Market> { [market.Id] = market }, cancel))[0];

        public async Task<IReadOnlyList<Item>> Show(IReadOnlyList<MarketStall> stalls, IReadOnlyDictionary<Guid, Market> markets, CancellationToken cancel)
        {
            var ids = stalls.Select(s => s.Id).ToList();
            var children = await people.OfPersons([.. stalls.Select(s => s.ChildId).OfType<Guid>().Distinct()], cancel);
            var (received, thanks) = (await book.ReceivedByStall(ids, cancel), await db.ThanksOf(ids, cancel));
            return [.. stalls.Select(s => new Item(
                s.Id, s.MarketId, markets[s.MarketId].Title, markets[s.MarketId].State, markets[s.MarketId].StartsAt, s.Kind, s.State, s.Title, s.Description, s.PledgePercent,
                s.ChildId is { } child ? children.GetValueOrDefault(child)?.Name : null, s.Number, s.Reason, s.TakingsFen, s.PledgedFen, received.GetValueOrDefault(s.Id), s.PeopleServed, thanks.GetValueOrDefault(s.Id)))];
        }
    }
}
