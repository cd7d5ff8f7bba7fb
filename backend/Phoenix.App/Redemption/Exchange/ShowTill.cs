using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Offers;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>What waits at a till today, what was done, how many in all, and one by its number. Asked by the page itself, so it works when no message came.</summary>
public static class ShowTill
{
    /// <summary>More numbers than a lunch rush has customers in a minute, fewer than a script would try.</summary>
    public static readonly RatePolicy LookUps = new("till-numbers", 60, TimeSpan.FromMinutes(1));

    /// <summary>An offer's part of the day.</summary>
    /// <param name="OfferId">The offer.</param>
    /// <param name="Title">The item's name.</param>
    /// <param name="Held">Portions that are held now.</param>
    /// <param name="Given">Portions that were given.</param>
    /// <param name="Coins">Coins for what was given, less what went back.</param>
    public sealed record OfferDay(Guid OfferId, string Title, int Held, int Given, long Coins);

    /// <summary>A merchant's day.</summary>
    /// <param name="Day">The day.</param>
    /// <param name="Held">Portions that are held now: 今天已留 23 份.</param>
    /// <param name="Given">Portions that were given.</param>
    /// <param name="Coins">Coins for what was given, less what went back.</param>
    /// <param name="Offers">Each offer's part.</param>
    public sealed record DayTotal(DateOnly Day, int Held, int Given, long Coins, IReadOnlyList<OfferDay> Offers);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/merchants/{id:guid}/till", List)
            .RequireRole(Role.MerchantOwner, Role.Clerk)
            .WithName("listTill").WithSummary("柜台：今天的兑换");
        community.MapGet("/merchants/{id:guid}/till/day", (Guid id, Caller caller, Handler handler, CancellationToken cancel) => handler.Day(id, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner, Role.Clerk)
            .WithName("getTillDay").WithSummary("今天的合计");
        community.MapGet("/merchants/{id:guid}/till/numbers/{number:int}", (Guid id, int number, Caller caller, Handler handler, CancellationToken cancel) => handler.ByNumber(id, number, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner, Role.Clerk)
            .WithMetadata(new RateLimit(LookUps))
            .WithName("getTillNumber").WithSummary("按号查");
    }

    private static async Task<Results<Ok<Page<TillItem>>, Refusal>> List(
        Guid id, [AsParameters] PageQuery page, [FromQuery] string? state, Caller caller, Handler handler, CancellationToken cancel)
    {
        if (!page.Read<int?>().TryGet(out var at, out var error))
            return new Refusal(error);
        RedemptionState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse<RedemptionState>(state, ignoreCase: true, out var parsed))
                return new Refusal(new BadParameter());
            wanted = parsed;
        }

        var found = await handler.List(id, wanted, at.After, at.Limit, caller, cancel);
        return found.TryGet(out var items, out error) ? TypedResults.Ok(items) : new Refusal(error);
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, TillDoor door, TillPages pages, ICommunityCalendar calendar, Clock clock)
    {
        private DateOnly Today => calendar.Time.DayOf(clock.Now);

        /// <summary>Today's by their numbers, or <see cref="Merchants.UnknownMerchant"/>, <see cref="Merchants.MerchantNotActive"/>, <see cref="Merchants.ClerkIdle"/>. What is held and whose time is over isn't shown as held.</summary>
        public async Task<Result<Page<TillItem>>> List(Guid merchantId, RedemptionState? state, int? after, int limit, Caller caller, CancellationToken cancel)
        {
            if (await door.Enter(merchantId, caller, cancel) is { } refusal)
                return refusal;
            var (today, now) = (Today, clock.Now);
            var rows = await db.Set<RedemptionRow>().AsNoTracking()
                .Where(r => r.MerchantId == merchantId && r.Day == today && (after == null || r.Number > after) && (state == null || r.State == state) && (state != RedemptionState.Held || r.ExpiresAt > now))
                .OrderBy(r => r.Number).Take(limit + 1).ToListAsync(cancel);
            return Page.Of(await pages.Show(rows, cancel), limit, i => i.Number);
        }

        /// <summary>The one with today's number, or <see cref="UnknownRedemption"/>, or as <see cref="List"/>.</summary>
        public async Task<Result<TillItem>> ByNumber(Guid merchantId, int number, Caller caller, CancellationToken cancel)
        {
            if (await door.Enter(merchantId, caller, cancel) is { } refusal)
                return refusal;
            var today = Today;
            return await db.Set<RedemptionRow>().AsNoTracking().FirstOrDefaultAsync(r => r.MerchantId == merchantId && r.Day == today && r.Number == number, cancel) is { } row
                ? await pages.Show(row, cancel)
                : new UnknownRedemption();
        }

        /// <summary>The day's totals, or as <see cref="List"/>.</summary>
        public async Task<Result<DayTotal>> Day(Guid merchantId, Caller caller, CancellationToken cancel)
        {
            if (await door.Enter(merchantId, caller, cancel) is { } refusal)
                return refusal;
            var (today, now) = (Today, clock.Now);
            var sums = await db.Set<RedemptionRow>().Where(r => r.MerchantId == merchantId && r.Day == today && (r.State == RedemptionState.Captured || (r.State == RedemptionState.Held && r.ExpiresAt > now)))
                .GroupBy(r => new { r.OfferId, r.State, IsBack = r.RefundedCoins == r.Coins })
                .Select(g => new { g.Key.OfferId, g.Key.State, g.Key.IsBack, Quantity = g.Sum(r => r.Quantity), Coins = g.Sum(r => r.Coins - r.RefundedCoins) }).ToListAsync(cancel);
            var ids = sums.Select(s => s.OfferId).Distinct().ToArray();
            var titles = await db.Set<Offer>().Where(o => ids.Contains(o.Id)).Join(db.Set<OfferVersion>(), o => new { OfferId = o.Id, o.Version }, v => new { v.OfferId, v.Version }, (o, v) => new { o.Id, v.Title })
                .ToDictionaryAsync(o => o.Id, o => o.Title, cancel);
            var offers = sums.GroupBy(s => s.OfferId).OrderBy(g => g.Key).Select(g => new OfferDay(
                g.Key, titles[g.Key], g.Where(s => s.State == RedemptionState.Held).Sum(s => s.Quantity), g.Where(s => s.State == RedemptionState.Captured && !s.IsBack).Sum(s => s.Quantity),
                g.Where(s => s.State == RedemptionState.Captured).Sum(s => s.Coins))).ToList();
            return new DayTotal(today, offers.Sum(o => o.Held), offers.Sum(o => o.Given), offers.Sum(o => o.Coins), offers);
        }
    }
}
