using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Agreements;
using Phoenix.App.Redemption.Offers;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>What somebody wants to exchange.</summary>
internal sealed record Wish(Guid RequestId, Guid MemberId, Guid PlacedBy, Guid OfferId, int Version, int Quantity, RedemptionChannel Channel)
{
    /// <summary>At whose till; null from home.</summary>
    public Guid? MerchantId { get; init; }

    /// <summary>The printed card.</summary>
    public Guid? CardId { get; init; }

    /// <summary>The helper who stands by.</summary>
    public Guid? WitnessId { get; init; }

    /// <summary>Whether it is captured in the same step.</summary>
    public bool IsCapture { get; init; }

    /// <summary>Whether a large one must be confirmed on the member's phone.</summary>
    public bool MayNeedConsent { get; init; }
}

/// <summary>Turns wishes into the ledger's requests: through the queue from home, or in the transaction that uses up a scanned code.</summary>
internal sealed class OrderDesk(PhoenixDb db, OfferShelf offers, TermsShelf terms, LedgerPoster poster, ICoinPauses pauses, ICommunityCalendar calendar, Clock clock)
{
    private const int MaxLooks = 3;

    /// <summary>Through the queue. Whoever sends the same again gets the same exchange, whatever has changed since.</summary>
    public async Task<Result<RedemptionRow>> Post(Wish wish, CancellationToken cancel)
    {
        var result = await Try(wish, (request, c) => poster.Post(request, c), cancel);
        if (result.TryGet(out var row, out var error))
            return row;
        return await Earlier(wish, cancel) is { } earlier ? earlier : error;
    }

    /// <summary>In the unit of work that is open, as its last step.</summary>
    public Task<Result<RedemptionRow>> PostIn(Wish wish, CancellationToken cancel) =>
        Try(wish, async (request, c) => (await poster.PostIn(db, [request], c)).Map(all => all[0]), cancel);

    /// <summary>A refusal of the ledger in the words of the till.</summary>
    public async Task<Error> Explain(Error error, CancellationToken cancel) => error switch
    {
        CounterFull full => OfferCounters.Full(full.Counter),
        RedeemFrozen => new RedeemingPaused(await pauses.RedeemPaused(cancel) ?? "请稍后再来"),
        _ => error,
    };

    private async Task<Result<RedemptionRow>> Try(Wish wish, Func<LedgerRequest, CancellationToken, Task<Result<Posted>>> post, CancellationToken cancel)
    {
        for (var look = 1; ; look++)
        {
            if (!(await Prepare(wish, look > 1, cancel)).TryGet(out var order, out var error))
                return error;
            var posted = await post(Request(wish, order), cancel);
            if (posted.IsOk)
                return (order.Placed ?? await Earlier(wish, cancel)) is { } row ? row : new UnknownRedemption();
            if (posted.Error is not StaleGuess || look == MaxLooks)
                return await Explain(posted.Error!, cancel);
        }
    }

    private async Task<Result<HoldOrder>> Prepare(Wish wish, bool isAnew, CancellationToken cancel)
    {
        var community = db.Scope.CommunityId;
        if (await offers.Find(community, wish.OfferId, wish.Version, cancel) is not { } offer || (wish.MerchantId is { } till && till != offer.MerchantId))
            return new UnknownOffer();
        if (wish.Quantity > offer.Version.MaxQuantity)
            return new OfferQuantityTooLarge(offer.Version.MaxQuantity);
        var now = clock.Now;
        var day = calendar.Time.DayOf(now);
        if (isAnew)
            terms.Drop(community, offer.MerchantId);
        var found = await terms.On(community, offer.MerchantId, day, cancel);
        if (found is null && !isAnew)
        {
            terms.Drop(community, offer.MerchantId);
            found = await terms.On(community, offer.MerchantId, day, cancel);
        }

        if (found is null)
            return new NoAgreementInForce();
        var closing = ClosingOf(offer.Version, day);
        return new HoldOrder
        {
            Id = wish.RequestId,
            MerchantId = offer.MerchantId,
            Version = offer.Version,
            Terms = found,
            MemberId = wish.MemberId,
            Quantity = wish.Quantity,
            Channel = wish.Channel,
            Day = day,
            ExpiresAt = wish.Channel == RedemptionChannel.Home || closing < now + ExchangeLimits.AtTill ? closing : now + ExchangeLimits.AtTill,
            PlacedBy = wish.PlacedBy,
            NeedsConsent = wish.MayNeedConsent && offer.Version.Coins * wish.Quantity >= ExchangeLimits.ConsentFrom,
            CardId = wish.CardId,
            WitnessId = wish.WitnessId,
            IsCapture = wish.IsCapture && !(wish.MayNeedConsent && offer.Version.Coins * wish.Quantity >= ExchangeLimits.ConsentFrom),
        };
    }

    private LedgerRequest Request(Wish wish, HoldOrder order)
    {
        var (reference, rule) = ($"redemption:{order.Id:N}", string.Create(CultureInfo.InvariantCulture, $"offer:{order.Version.OfferId:N}/{order.Version.Version}"));
        var hold = new PlaceHold(order.MemberId, AccountKey.Merchant(order.MerchantId), order.Coins, order.ExpiresAt) { Ref = reference, Rule = rule };
        var counters = OfferCounters.Of(order.Version, order.Terms, order.MerchantId, order.MemberId, order.Quantity, order.Day);
        if (order.CardId is not null)
            counters.Add(OfferCounters.OfCard(order.MemberId, order.Day, order.Coins, ExchangeLimits.CardCoinsPerDay));
        return new LedgerRequest(
            db.Scope.CommunityId, wish.RequestId, wish.PlacedBy, $"redemption.{order.Channel}", order.IsCapture ? [hold, new CaptureHold(-1) { Ref = reference, Rule = rule }] : [hold])
        {
            Counters = counters,
            Attachments = [order],
        };
    }

    private DateTimeOffset ClosingOf(OfferVersion v, DateOnly day) =>
        v.ToMinute >= OfferVersion.DayMinutes ? calendar.Time.EndOf(day) : calendar.Time.At(day, new TimeOnly(v.ToMinute / 60, v.ToMinute % 60));

    /// <summary>The exchange that the same wish made before; null where it made none.</summary>
    private async Task<RedemptionRow?> Earlier(Wish wish, CancellationToken cancel)
    {
        var row = await db.Set<RedemptionRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == wish.RequestId, cancel);
        return row is not null && row.PlacedBy == wish.PlacedBy && row.MemberId == wish.MemberId && row.OfferId == wish.OfferId && row.OfferVersion == wish.Version && row.Quantity == wish.Quantity
            && row.Channel == wish.Channel
            ? row
            : null;
    }
}
