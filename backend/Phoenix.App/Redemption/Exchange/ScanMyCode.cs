using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.App.Redemption.Offers;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>
/// The clerk scans 我的码. In rush mode the pinned offer is exchanged in this one scan; otherwise what the clerk chose is held and shown (预览), then 已给 or
/// 给不了. The code is used up in the transaction of the coins: a refusal leaves it unused, and a screenshot of it never works twice.
/// </summary>
public static class ScanMyCode
{
    /// <summary>Whose code, for what.</summary>
    /// <param name="Code">What was scanned.</param>
    /// <param name="OfferId">What the clerk chose; null in rush mode: the pinned offer.</param>
    /// <param name="Version">The version that the till shows; null with the pinned offer.</param>
    /// <param name="Quantity">How many.</param>
    /// <param name="IsPreview">Whether the pinned offer too is only shown first.</param>
    public sealed record Request(string Code, Guid? OfferId = null, int? Version = null, int Quantity = 1, bool IsPreview = false);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A code and a sane number.</summary>
        public Limits()
        {
            RuleFor(r => r.Code).NotEmpty().MaximumLength(300).WithName("码");
            RuleFor(r => r.Quantity).InclusiveBetween(1, OfferVersion.MaxQuantityAtOnce).WithName("份数");
            RuleFor(r => r.Version).NotNull().When(r => r.OfferId is not null).WithName("项目版本");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/merchants/{id:guid}/till/scans", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.MerchantOwner, Role.Clerk)
        .WithName("scanMyCode").WithSummary("扫居民的码");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, TillDoor door, OrderDesk desk, IPersonalCodes codes, IPeople people, TillPages pages)
    {
        /// <summary>The exchange, or why not: the till, the code, the offer, the time, the stock, the limits, the coins.</summary>
        public Task<Result<TillItem>> Run(Guid merchantId, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<TillItem>(requestId, async () =>
        {
            if (await door.Enter(merchantId, caller, cancel) is { } refusal)
                return refusal;
            var chosen = body.OfferId is { } offer
                ? await db.Set<Offer>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == offer && o.MerchantId == merchantId, cancel)
                : await db.Set<Offer>().AsNoTracking().FirstOrDefaultAsync(o => o.MerchantId == merchantId && o.IsPinned, cancel);
            if (chosen is null)
                return body.OfferId is null ? new NothingPinned() : new UnknownOffer();
            if (!(await codes.Redeem(body.Code, CodePurpose.Till, cancel)).TryGet(out var code, out var error))
                return error;
            if (code.PersonId == caller.PersonId)
                return new OwnRedemption();
            if (!(await people.OfPersons([code.PersonId], cancel)).TryGetValue(code.PersonId, out var member) || member.HasLeft)
                return new NotAMember();
            var wish = new Wish(requestId.Id, member.MemberId, caller.PersonId, chosen.Id, body.Version ?? chosen.Version, body.Quantity, RedemptionChannel.MyCode)
            {
                MerchantId = merchantId,
                IsCapture = body.OfferId is null && !body.IsPreview,
                MayNeedConsent = true,
            };
            return (await desk.PostIn(wish, cancel)).TryGet(out var row, out error) ? await pages.Show(row, cancel) : error;
        }, cancel);
    }
}
