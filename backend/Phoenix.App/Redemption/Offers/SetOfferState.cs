using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Merchants;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Offers;

/// <summary>An owner or staff pause an offer, let it go on, or end it; what is held stays held. An owner pins one offer: it is pre-selected, and done in one scan.</summary>
public static class SetOfferState
{
    /// <summary>What it becomes.</summary>
    /// <param name="State">Active, Paused or Ended.</param>
    public sealed record Request(OfferState State);

    /// <summary>Which one.</summary>
    /// <param name="OfferId">The offer; null for none.</param>
    public sealed record PinRequest(Guid? OfferId = null);

    /// <summary>The offer as it now is.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="State">Whether it can be exchanged.</param>
    /// <param name="IsPinned">Whether it is the pre-selected one.</param>
    public sealed record Response(Guid Id, OfferState State, bool IsPinned);

    /// <summary>What is pinned.</summary>
    /// <param name="OfferId">The offer; null for none.</param>
    public sealed record PinResponse(Guid? OfferId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Proposed is where an offer begins.</summary>
        public Limits() => RuleFor(r => r.State).IsInEnum().NotEqual(OfferState.Proposed).WithName("状态");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/merchants/{id:guid}/offers/{offerId:guid}/state", (
                Guid id, Guid offerId, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, offerId, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner, Role.Staff)
            .WithName("setOfferState").WithSummary("暂停、恢复或结束兑换项目");
        community.MapPut("/merchants/{id:guid}/pinned-offer", (Guid id, PinRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Pin(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner, Role.Clerk)
            .WithName("pinOffer").WithSummary("高峰模式：选定今天的项目");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, MerchantBook book, IAuditLog audit)
    {
        /// <summary>The offer as it now is, or <see cref="UnknownMerchant"/>, <see cref="UnknownOffer"/>, <see cref="OfferEnded"/>, <see cref="OfferNotActive"/>.</summary>
        public Task<Result<Response>> Run(Guid merchantId, Guid offerId, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!caller.Is(Role.Staff) && (await book.OwnedBy(merchantId, caller.PersonId, cancel)).Error is { } error)
                return error;
            if (await db.Set<Offer>().FirstOrDefaultAsync(o => o.Id == offerId && o.MerchantId == merchantId, cancel) is not { } offer)
                return new UnknownOffer();
            if (offer.State == OfferState.Ended)
                return new OfferEnded();
            if (offer.Version == 0 && body.State != OfferState.Ended)
                return new OfferNotActive();
            (offer.State, offer.IsPinned) = (body.State, offer.IsPinned && body.State == OfferState.Active);
            audit.Write($"offer.{body.State.ToString().ToLowerInvariant()}", $"offer:{offerId:N}");
            return new Response(offer.Id, offer.State, offer.IsPinned);
        }, cancel);

        /// <summary>What is pinned, or <see cref="UnknownMerchant"/>, <see cref="UnknownOffer"/>, <see cref="OfferNotActive"/>.</summary>
        public Task<Result<PinResponse>> Pin(Guid merchantId, PinRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<PinResponse>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await book.MayActAt(merchantId, caller.PersonId, cancel) is { } refusal)
                return refusal;
            foreach (var pinned in await db.Set<Offer>().Where(o => o.MerchantId == merchantId && o.IsPinned && o.Id != body.OfferId).ToListAsync(cancel))
                pinned.IsPinned = false;
            await db.SaveChangesAsync(cancel);
            if (body.OfferId is not { } id)
                return new PinResponse(null);
            if (await db.Set<Offer>().FirstOrDefaultAsync(o => o.Id == id && o.MerchantId == merchantId, cancel) is not { } offer)
                return new UnknownOffer();
            if (offer.State != OfferState.Active)
                return new OfferNotActive();
            offer.IsPinned = true;
            return new PinResponse(id);
        }, cancel);
    }
}
