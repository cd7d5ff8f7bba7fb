using FluentValidation;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Offers;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>
/// A member holds an offer: from home until its closing time today, or at the till (after scanning the merchant's code) for 15 minutes. Coins, portions and
/// limits are taken together. The request id is the exchange's id, and the same request again gets the same exchange.
/// </summary>
public static class HoldOffer
{
    /// <summary>What, how many.</summary>
    /// <param name="OfferId">The offer.</param>
    /// <param name="Version">The version that the page shows: another one isn't exchanged unseen.</param>
    /// <param name="Quantity">How many.</param>
    /// <param name="IsAtTill">Whether the member stands at the till.</param>
    public sealed record Request(Guid OfferId, int Version, int Quantity = 1, bool IsAtTill = false);

    /// <summary>What is held.</summary>
    /// <param name="Id">The exchange.</param>
    /// <param name="MerchantId">Where.</param>
    /// <param name="OfferId">What.</param>
    /// <param name="Quantity">How many.</param>
    /// <param name="Coins">Coins in all.</param>
    /// <param name="Number">The number to say.</param>
    /// <param name="ExpiresAt">Until when.</param>
    public sealed record Response(Guid Id, Guid MerchantId, Guid OfferId, int Quantity, long Coins, int Number, DateTimeOffset ExpiresAt);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A sane number.</summary>
        public Limits() => RuleFor(r => r.Quantity).InclusiveBetween(1, OfferVersion.MaxQuantityAtOnce).WithName("份数");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/redemptions", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Member)
        .WithName("holdOffer").WithSummary("换：留一份");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, OrderDesk desk, MemberShelf members)
    {
        /// <summary>What is held, or why not: the offer, the merchant, its terms, the time, the stock, the limits, the coins.</summary>
        public async Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await members.MemberOf(db.Scope.CommunityId, caller.PersonId, cancel) is not { } member)
                return new NotAMember();
            var channel = body.IsAtTill ? RedemptionChannel.MerchantCode : RedemptionChannel.Home;
            var held = await desk.Post(new Wish(requestId.Id, member, caller.PersonId, body.OfferId, body.Version, body.Quantity, channel), cancel);
            return held.Map(r => new Response(r.Id, r.MerchantId, r.OfferId, r.Quantity, r.Coins, r.Number, r.HeldUntil));
        }
    }
}
