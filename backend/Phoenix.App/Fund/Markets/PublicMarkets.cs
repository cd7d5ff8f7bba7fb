using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Fund.Markets;

/// <summary>What residents see, signed in or not: markets, the latest first, and one with its stalls. No person is named and no money is told (hard rules 4 and 8).</summary>
public static class PublicMarkets
{
    /// <summary>A market in the list.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="State">Where it stands; never a draft.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="StartsAt">Its first instant.</param>
    /// <param name="EndsAt">The instant after its last.</param>
    /// <param name="Address">Where.</param>
    /// <param name="Stalls">Stalls that come.</param>
    /// <param name="MaxStalls">Places.</param>
    public sealed record Item(Guid Id, MarketState State, string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Address, int Stalls, int MaxStalls);

    /// <summary>A stall.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="MarketId">The market.</param>
    /// <param name="Number">Its number.</param>
    /// <param name="Kind">Which kind.</param>
    /// <param name="Title">What stands on the sign.</param>
    /// <param name="Description">What is sold or done.</param>
    /// <param name="PledgePercent">Which part of the takings is pledged.</param>
    /// <param name="PeopleServed">People served at a 便民 booth.</param>
    /// <param name="Thanks">How many neighbours thanked it.</param>
    public sealed record StallItem(Guid Id, Guid MarketId, int Number, StallKind Kind, string Title, string Description, int PledgePercent, int? PeopleServed, int Thanks);

    /// <summary>A market.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Description">What it is about.</param>
    /// <param name="StartsAt">Its first instant.</param>
    /// <param name="EndsAt">The instant after its last.</param>
    /// <param name="Address">Where.</param>
    /// <param name="MaxStalls">Places.</param>
    /// <param name="CancelReason">Why it is off.</param>
    /// <param name="Stalls">By number.</param>
    public sealed record Detail(
        Guid Id, MarketState State, string Title, string Description, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Address, int MaxStalls, string? CancelReason, IReadOnlyList<StallItem> Stalls);

    private sealed record Cursor(DateTimeOffset StartsAt, Guid Id);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/markets", List).AllowAnyone().WithName("listMarkets").WithSummary("公益集市");
        community.MapGet("/markets/{id:guid}", (Guid id, Reader reader, CancellationToken cancel) => reader.Get(id, cancel).ToHttp()).AllowAnyone().WithName("getMarket").WithSummary("集市详情");
        community.MapGet("/stalls/{id:guid}", (Guid id, Reader reader, CancellationToken cancel) => reader.Stall(id, cancel).ToHttp()).AllowAnyone().WithName("getStall").WithSummary("摊位");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Cursor?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var markets = db.Set<Market>().AsNoTracking().Where(m => m.State != MarketState.Draft);
        if (at.After is { } after)
        {
            var (start, id) = (after.StartsAt, after.Id);
            markets = markets.Where(m => m.StartsAt < start || (m.StartsAt == start && m.Id.CompareTo(id) < 0));
        }

        var rows = await markets.OrderByDescending(m => m.StartsAt).ThenByDescending(m => m.Id).Take(at.Limit + 1)
            .Select(m => new Item(m.Id, m.State, m.Title, m.StartsAt, m.EndsAt, m.Address, db.Set<MarketStall>().Count(s => s.MarketId == m.Id && s.State == StallState.Approved), m.MaxStalls)).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows, at.Limit, i => new Cursor(i.StartsAt, i.Id)));
    }

    /// <summary>Reads what is public.</summary>
    internal sealed class Reader(PhoenixDb db, MarketBook book)
    {
        /// <summary>A market, or <see cref="UnknownMarket"/>.</summary>
        public async Task<Result<Detail>> Get(Guid id, CancellationToken cancel)
        {
            if (await db.Set<Market>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == id && m.State != MarketState.Draft, cancel) is not { } market)
                return new UnknownMarket();
            var stalls = await book.Approved(id).AsNoTracking().OrderBy(s => s.Number).ToListAsync(cancel);
            return new Detail(
                market.Id, market.State, market.Title, market.Description, market.StartsAt, market.EndsAt, market.Address, market.MaxStalls,
                market.State == MarketState.Cancelled ? market.Note : null, await Show(stalls, cancel));
        }

        /// <summary>A stall that was approved, or <see cref="UnknownStall"/>.</summary>
        public async Task<Result<StallItem>> Stall(Guid id, CancellationToken cancel)
        {
            var stall = await db.Set<MarketStall>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.State == StallState.Approved, cancel);
            return stall is null ? new UnknownStall() : (await Show([stall], cancel))[0];
        }

        private async Task<IReadOnlyList<StallItem>> Show(IReadOnlyList<MarketStall> stalls, CancellationToken cancel)
        {
            var thanks = await db.ThanksOf([.. stalls.Select(s => s.Id)], cancel);
            return [.. stalls.Select(s => new StallItem(s.Id, s.MarketId, s.Number!.Value, s.Kind, s.Title, s.Description, s.PledgePercent, s.PeopleServed, thanks.GetValueOrDefault(s.Id)))];
        }
    }
}
