using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Redemption.Offers;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>A member's exchanges, newest first; what family may collect for others (代取); and the member's yes to a large one at the till.</summary>
public static class MyRedemptions
{
    /// <summary>An exchange as its member sees it.</summary>
    /// <param name="Id">Which.</param>
    /// <param name="MerchantId">Where.</param>
    /// <param name="Merchant">The merchant's name.</param>
    /// <param name="OfferId">What.</param>
    /// <param name="Title">The item's name.</param>
    /// <param name="ExtraText">到店另付, in the merchant's words.</param>
    /// <param name="Quantity">How many.</param>
    /// <param name="Coins">Coins in all.</param>
    /// <param name="Number">The number to say.</param>
    /// <param name="State">Where it stands; Expired from the instant on at which its time is over.</param>
    /// <param name="AwaitsConsent">Whether it waits for the member's yes.</param>
    /// <param name="PlacedAt">Since when.</param>
    /// <param name="ExpiresAt">Until when it is held.</param>
    /// <param name="ResolvedAt">When it ended.</param>
    /// <param name="Reason">Why the merchant couldn't give it.</param>
    /// <param name="RefundedCoins">Coins that came back after the capture.</param>
    /// <param name="CanDispute">Whether the member may still say that it isn't right.</param>
    public sealed record Item(
        Guid Id, Guid MerchantId, string Merchant, Guid OfferId, string Title, string ExtraText, int Quantity, long Coins, int Number, RedemptionState State, bool AwaitsConsent, DateTimeOffset PlacedAt,
        DateTimeOffset ExpiresAt, DateTimeOffset? ResolvedAt, string? Reason, long RefundedCoins, bool CanDispute);

    /// <summary>Something to be collected for somebody.</summary>
    /// <param name="MemberId">For whom.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="Redemption">What, with its number.</param>
    public sealed record FamilyItem(Guid MemberId, string Name, Item Redemption);

    /// <summary>The member's answer.</summary>
    /// <param name="IsYes">True: it may be given. False: 不是我, the coins go back.</param>
    public sealed record ConsentRequest(bool IsYes);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/redemptions", List)
            .RequireRole(Role.Member)
            .WithName("listMyRedemptions").WithSummary("我的兑换");
        community.MapGet("/redemptions/{id:guid}", (Guid id, Caller caller, Handler handler, CancellationToken cancel) => handler.One(id, caller, cancel).ToHttp())
            .RequireSignedIn()
            .WithName("getMyRedemption").WithSummary("兑换详情");
        community.MapGet("/family-redemptions", async (Caller caller, Handler handler, CancellationToken cancel) => TypedResults.Ok(await handler.ForFamily(caller, cancel)))
            .RequireSignedIn()
            .WithName("listFamilyRedemptions").WithSummary("可以代取的兑换");
        community.MapPost("/redemptions/{id:guid}/consent", (Guid id, ConsentRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Consent(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("consentRedemption").WithSummary("在手机上确认兑换");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, Caller caller, Handler handler, CancellationToken cancel) =>
        page.Read<long?>().TryGet(out var at, out var error) ? TypedResults.Ok(await handler.Mine(at.After, at.Limit, caller, cancel)) : new Refusal(error);

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, MemberShelf members, IPeople people, ResolveDesk desk, Clock clock)
    {
        /// <summary>A page of the caller's.</summary>
        public async Task<Page<Item>> Mine(long? after, int limit, Caller caller, CancellationToken cancel)
        {
            if (await members.MemberOf(db.Scope.CommunityId, caller.PersonId, cancel) is not { } member)
                return new Page<Item>([], null);
            var rows = await db.Set<RedemptionRow>().AsNoTracking().Where(r => r.MemberId == member && (after == null || r.Hold < after)).OrderByDescending(r => r.Hold).Take(limit + 1).ToListAsync(cancel);
            var holds = rows.ToDictionary(r => r.Id, r => r.Hold);
            return Page.Of(await Show(rows, cancel), limit, i => holds[i.Id]);
        }

        /// <summary>One of the caller's, or of whom they may collect for; or <see cref="UnknownRedemption"/>.</summary>
        public async Task<Result<Item>> One(Guid id, Caller caller, CancellationToken cancel)
        {
            if (await db.Set<RedemptionRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancel) is not { } row)
                return new UnknownRedemption();
            var owner = (await people.OfMembers([row.MemberId], cancel)).GetValueOrDefault(row.MemberId);
            return owner is not null && await people.MayActFor(caller.PersonId, owner.PersonId, FamilyRights.Collect, cancel) ? (await Show([row], cancel))[0] : new UnknownRedemption();
        }

        /// <summary>What is held for those whom the caller may collect for.</summary>
        public async Task<IReadOnlyList<FamilyItem>> ForFamily(Caller caller, CancellationToken cancel)
        {
            var family = (await people.ActsFor(caller.PersonId, cancel)).Where(a => a.Rights.HasFlag(FamilyRights.Collect)).Select(a => a.Member).DistinctBy(m => m.MemberId).ToDictionary(m => m.MemberId);
            var (ids, now) = (family.Keys.ToArray(), clock.Now);
            var rows = await db.Set<RedemptionRow>().AsNoTracking().Where(r => ids.Contains(r.MemberId) && r.State == RedemptionState.Held && r.ExpiresAt > now).OrderBy(r => r.Hold).Take(PageQuery.MaxLimit).ToListAsync(cancel);
            return [.. (await Show(rows, cancel)).Select((item, i) => new FamilyItem(rows[i].MemberId, family[rows[i].MemberId].Name, item))];
        }

        /// <summary>The exchange as it now is, or <see cref="UnknownRedemption"/>, or why its coins didn't go back.</summary>
        public async Task<Result<Item>> Consent(Guid id, ConsentRequest body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await members.MemberOf(db.Scope.CommunityId, caller.PersonId, cancel) is not { } member
                || await db.Set<RedemptionRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.MemberId == member, cancel) is not { } row)
                return new UnknownRedemption();
            if (body.IsYes)
            {
                var now = clock.Now;
                await db.Set<RedemptionRow>().Where(r => r.Id == id && r.State == RedemptionState.Held && r.NeedsConsent && r.ConsentedAt == null).ExecuteUpdateAsync(u => u.SetProperty(r => r.ConsentedAt, now), cancel);
            }
            else if ((await desk.Run(row, new Resolving(id, RedemptionState.Cancelled, caller.PersonId), requestId.Id, cancel)).Error is { } error)
            {
                return error;
            }

            return (await Show([await db.Set<RedemptionRow>().AsNoTracking().SingleAsync(r => r.Id == id, cancel)], cancel))[0];
        }

        private async Task<IReadOnlyList<Item>> Show(IReadOnlyList<RedemptionRow> rows, CancellationToken cancel)
        {
            var (offers, shops, now) = (rows.Select(r => r.OfferId).Distinct().ToArray(), rows.Select(r => r.MerchantId).Distinct().ToArray(), clock.Now);
            var versions = await db.Set<OfferVersion>().Where(v => offers.Contains(v.OfferId)).Select(v => new { v.OfferId, v.Version, v.Title, v.ExtraText }).ToDictionaryAsync(v => (v.OfferId, v.Version), cancel);
            var names = await db.Set<Merchant>().Where(m => shops.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Name, cancel);
            return
            [
                .. rows.Select(r =>
                {
                    var version = versions[(r.OfferId, r.OfferVersion)];
                    var state = r.State == RedemptionState.Held && now >= r.ExpiresAt ? RedemptionState.Expired : r.State;
                    return new Item(
                        r.Id, r.MerchantId, names[r.MerchantId], r.OfferId, version.Title, version.ExtraText, r.Quantity, r.Coins, r.Number, state,
                        state == RedemptionState.Held && r.NeedsConsent && r.ConsentedAt is null, r.PlacedAt, r.ExpiresAt, r.ResolvedAt, r.Reason, r.RefundedCoins,
                        r.State == RedemptionState.Captured && now < r.ResolvedAt + ExchangeLimits.DisputeWithin);
                }),
            ];
        }
    }
}
