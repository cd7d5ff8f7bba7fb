using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Merchants;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Offers;

/// <summary>What can be exchanged where: active offers of active merchants, for residents; all of a merchant's own, with what waits, for its people.</summary>
public static class ListOffers
{
    /// <summary>A version of an own offer.</summary>
    /// <param name="Version">Counted from 1.</param>
    /// <param name="Title">The name.</param>
    /// <param name="Coins">Coins for one.</param>
    /// <param name="ProposedAt">When.</param>
    /// <param name="ApprovedAt">When staff approved it; null where not.</param>
    /// <param name="Form">All of it, from which the next version begins.</param>
    /// <param name="Picture">Its picture; null for none.</param>
    public sealed record VersionItem(int Version, string Title, long Coins, DateTimeOffset ProposedAt, DateTimeOffset? ApprovedAt, OfferForm Form, FileLink? Picture);

    /// <summary>An own offer.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="State">Whether it can be exchanged.</param>
    /// <param name="IsPinned">Whether it is the pre-selected one.</param>
    /// <param name="Now">As residents see it; null before the first version is approved.</param>
    /// <param name="Latest">The latest version, which may wait.</param>
    public sealed record OwnItem(Guid Id, OfferState State, bool IsPinned, OfferView? Now, VersionItem Latest);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/offers", Run)
            .RequireSignedIn()
            .WithName("listOffers").WithSummary("兑换项目");
        community.MapGet("/offers/{id:guid}", (Guid id, Shower shower, CancellationToken cancel) => shower.One(id, cancel).ToHttp())
            .RequireSignedIn()
            .WithName("getOffer").WithSummary("兑换项目详情");
        community.MapGet("/merchants/{id:guid}/own-offers", (Guid id, Caller caller, Shower shower, CancellationToken cancel) => shower.Own(id, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner, Role.Clerk, Role.Staff)
            .WithName("listOwnOffers").WithSummary("本店的兑换项目");
    }

    private static async Task<Results<Ok<Page<OfferView>>, Refusal>> Run(
        [AsParameters] PageQuery page, [FromQuery] Guid? merchant, PhoenixDb db, Shower shower, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var offers = shower.Shown().Where(o => (merchant == null || o.Offer.MerchantId == merchant) && (at.After == null || o.Offer.Id.CompareTo(at.After.Value) > 0));
        var rows = await offers.OrderBy(o => o.Offer.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(await shower.Show(rows, cancel), at.Limit, o => o.Id));
    }

    /// <summary>An offer with the version that counts and its merchant.</summary>
    internal sealed class Row
    {
        public required Offer Offer { get; init; }

        public required OfferVersion Version { get; init; }

        public required string Merchant { get; init; }
    }

    /// <summary>Makes views.</summary>
    internal sealed class Shower(PhoenixDb db, MerchantBook book, CounterReads counters, ICommunityCalendar calendar, IFileLinks links, Clock clock)
    {
        /// <summary>What residents may see.</summary>
        public IQueryable<Row> Shown() => Rows(db.Set<Merchant>().Where(m => m.State == MerchantState.Active), db.Set<Offer>().Where(o => o.State == OfferState.Active));

        /// <summary>One that residents may see, or <see cref="UnknownOffer"/>.</summary>
        public async Task<Result<OfferView>> One(Guid id, CancellationToken cancel) =>
            await Shown().FirstOrDefaultAsync(o => o.Offer.Id == id, cancel) is { } row ? (await Show([row], cancel))[0] : new UnknownOffer();

        /// <summary>A merchant's own, newest last; or <see cref="UnknownMerchant"/>.</summary>
        public async Task<Result<IReadOnlyList<OwnItem>>> Own(Guid merchantId, Caller caller, CancellationToken cancel)
        {
            if (!caller.Is(Role.Staff) && await book.Place(merchantId, caller.PersonId, cancel) is null)
                return new UnknownMerchant();
            if (!await db.Set<Merchant>().AnyAsync(m => m.Id == merchantId, cancel))
                return new UnknownMerchant();
            var offers = db.Set<Offer>().Where(o => o.MerchantId == merchantId && o.State != OfferState.Ended);
            var now = (await Show(await Rows(db.Set<Merchant>(), offers).ToListAsync(cancel), cancel)).ToDictionary(v => v.Id);
            var all = await offers.AsNoTracking().OrderBy(o => o.Id).Take(Offer.MaxPerMerchant).ToListAsync(cancel);
            var latest = await db.Set<OfferVersion>().AsNoTracking().Where(v => offers.Any(o => o.Id == v.OfferId) && !db.Set<OfferVersion>().Any(l => l.OfferId == v.OfferId && l.Version > v.Version))
                .ToDictionaryAsync(v => v.OfferId, cancel);
            return all.Select(o => new OwnItem(o.Id, o.State, o.IsPinned, now.GetValueOrDefault(o.Id), Latest(latest[o.Id]))).ToArray();
        }

        private VersionItem Latest(OfferVersion v) =>
            new(v.Version, v.Title, v.Coins, v.ProposedAt, v.ApprovedAt, OfferForm.Of(v), v.FileId is { } file ? links.Make(db.Scope.CommunityId, file) : null);

        /// <summary>Views of rows, in their order.</summary>
        public async Task<IReadOnlyList<OfferView>> Show(IReadOnlyList<Row> rows, CancellationToken cancel)
        {
            var day = calendar.Time.DayOf(clock.Now);
            var used = await counters.Used(db.Scope.CommunityId, [.. rows.SelectMany(r => OfferCounters.OfStock(r.Version, day))], cancel);
            return [.. rows.Select(r => OfferView.Of(r.Offer, r.Version, r.Merchant, OfferCounters.LeftToday(r.Version, day, used), r.Version.FileId is { } file ? links.Make(db.Scope.CommunityId, file) : null))];
        }

        private IQueryable<Row> Rows(IQueryable<Merchant> merchants, IQueryable<Offer> offers) =>
            from o in offers.AsNoTracking()
            join m in merchants on o.MerchantId equals m.Id
            join v in db.Set<OfferVersion>() on new { OfferId = o.Id, o.Version } equals new { v.OfferId, v.Version }
            select new Row { Offer = o, Version = v, Merchant = m.Name };
    }
}
