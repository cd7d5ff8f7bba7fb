using FluentValidation;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Redemption.Offers;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>An elder without a phone shows a printed card, with a named helper as witness; the family is told, and a card spends only so much in a day.</summary>
public static class UseCard
{
    /// <summary>Whose card, for what, with whom.</summary>
    /// <param name="CardCode">The number on the card, typed or scanned.</param>
    /// <param name="Witness">The volunteer number of the helper who stands by.</param>
    /// <param name="OfferId">What.</param>
    /// <param name="Version">The version that the till shows.</param>
    /// <param name="Quantity">How many.</param>
    public sealed record Request(string CardCode, string Witness, Guid OfferId, int Version, int Quantity = 1);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A card, a helper and a sane number.</summary>
        public Limits()
        {
            RuleFor(r => r.CardCode).NotEmpty().MaximumLength(40).WithName("卡号");
            RuleFor(r => r.Witness).NotEmpty().MaximumLength(40).WithName("见证人的志愿者编号");
            RuleFor(r => r.Quantity).InclusiveBetween(1, OfferVersion.MaxQuantityAtOnce).WithName("份数");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/merchants/{id:guid}/till/cards", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.MerchantOwner, Role.Clerk)
        .WithName("useCard").WithSummary("用卡兑换");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, TillDoor door, OrderDesk desk, ICards cards, IPeople people, TillPages pages)
    {
        /// <summary>The exchange, held for 已给; or why not: the till, the card, <see cref="WitnessUnfit"/>, <see cref="CardLimitReached"/>, the offer, the coins.</summary>
        public Task<Result<TillItem>> Run(Guid merchantId, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<TillItem>(requestId, async () =>
        {
            if (await door.Enter(merchantId, caller, cancel) is { } refusal)
                return refusal;
            if (!(await cards.Holder(body.CardCode, caller.PersonId, cancel)).TryGet(out var holder, out var error))
                return error;
            if (holder.PersonId == caller.PersonId)
                return new OwnRedemption();
            var number = body.Witness.Trim();
            var helpers = await people.OfVolunteers([number], cancel);
            if (!helpers.TryGetValue(number, out var witness) || witness.HasLeft || witness.PersonId == caller.PersonId || witness.PersonId == holder.PersonId)
                return new WitnessUnfit();
            var wish = new Wish(requestId.Id, holder.MemberId, caller.PersonId, body.OfferId, body.Version, body.Quantity, RedemptionChannel.Card)
            {
                MerchantId = merchantId,
                CardId = holder.CardId,
                WitnessId = witness.MemberId,
            };
            return (await desk.PostIn(wish, cancel)).TryGet(out var row, out error) ? await pages.Show(row, cancel) : error;
        }, cancel);
    }
}
