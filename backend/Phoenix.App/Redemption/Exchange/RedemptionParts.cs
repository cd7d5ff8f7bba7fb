using Microsoft.EntityFrameworkCore;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Agreements;
using Phoenix.App.Redemption.Offers;
using Phoenix.Ledger.Commands;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>What an exchange took besides coins, so that it goes back with them.</summary>
internal sealed class RedemptionParts(PhoenixDb db, OfferShelf offers, TermsShelf terms) : IHoldOwner
{
    /// <summary>The stock and limits that an exchange used: by its version and terms, which never change.</summary>
    public async Task<IReadOnlyList<CounterUse>> CountersOf(RedemptionRow row, CancellationToken cancel)
    {
        var offer = await offers.Find(row.CommunityId, row.OfferId, row.OfferVersion, cancel) ?? throw new InvalidOperationException($"Exchange {row.Id} is of a version that nobody approved.");
        var uses = OfferCounters.Of(offer.Version, await terms.Get(row.CommunityId, row.MerchantId, row.AgreementId, cancel), row.MerchantId, row.MemberId, row.Quantity, row.Day);
        if (row.Channel == RedemptionChannel.Card)
            uses.Add(OfferCounters.OfCard(row.MemberId, row.Day, row.Coins, ExchangeLimits.CardCoinsPerDay));
        return uses;
    }

    /// <summary>What the end of an exchange's time carries.</summary>
    public async Task<HoldParts> AtExpiry(RedemptionRow row, CancellationToken cancel) =>
        new(OfferCounters.Back(await CountersOf(row, cancel)), [new Resolving(row.Id, RedemptionState.Expired, null)]);

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<long, HoldParts>> AtExpiry(IReadOnlyCollection<long> holds, CancellationToken cancel)
    {
        var parts = new Dictionary<long, HoldParts>();
        foreach (var row in await db.Set<RedemptionRow>().AsNoTracking().Where(r => holds.Contains(r.Hold)).ToListAsync(cancel))
            parts.Add(row.Hold, await AtExpiry(row, cancel));
        return parts;
    }
}
