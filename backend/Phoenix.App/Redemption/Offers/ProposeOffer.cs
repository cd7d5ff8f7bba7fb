using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;
using Phoenix.App.Redemption.Merchants;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Redemption.Offers;

/// <summary>An owner proposes an offer, or another version of one; staff approve it. Until then the version before counts.</summary>
public static class ProposeOffer
{
    /// <summary>What waits.</summary>
    /// <param name="OfferId">The offer.</param>
    /// <param name="Version">The version that waits.</param>
    /// <param name="ApprovalId">The proposal on which staff decide.</param>
    public sealed record Response(Guid OfferId, int Version, Guid ApprovalId);

    /// <summary>What a proposal carries.</summary>
    internal sealed record Payload(Guid OfferId, int Version);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/merchants/{id:guid}/offers", (Guid id, OfferForm body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, null, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner)
            .WithName("proposeOffer").WithSummary("提交兑换项目");
        community.MapPost("/merchants/{id:guid}/offers/{offerId:guid}/versions", (
                Guid id, Guid offerId, OfferForm body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, offerId, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner)
            .WithName("proposeOfferVersion").WithSummary("提交兑换项目的修改");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(
        PhoenixDb db, UnitOfWork work, MerchantBook book, IApprovals approvals, IContentCheck content, IFileContents files, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>What waits, or <see cref="UnknownMerchant"/>, <see cref="UnknownOffer"/>, <see cref="OfferEnded"/>, <see cref="OfferWaits"/>, <see cref="TooManyOffers"/>, <see cref="OfferNamesMoney"/>, <see cref="OfferPictureUnknown"/>, or the content check's refusal.</summary>
        public async Task<Result<Response>> Run(Guid merchantId, Guid? offerId, OfferForm form, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<Response>(requestId, cancel) is { } before)
                return before;
            if (!(await book.OwnedBy(merchantId, caller.PersonId, cancel)).TryGet(out _, out var stranger))
                return stranger;
            if (form.NamesMoney)
                return new OfferNamesMoney();
            if (form.FileId is { } file && await files.Read(file, cancel) is null)
                return new OfferPictureUnknown();
            // Staff look at every version before anybody else does: what WeChat can't judge is theirs to judge, and the picture with it.
            if ((await content.Text(caller.PersonId, ContentScene.Forum, form.Texts, cancel)).Error is { } risky)
                return risky;
            return await work.Once<Response>(requestId, () => Propose(merchantId, offerId, form, caller, cancel), cancel);
        }

        private async Task<Result<Response>> Propose(Guid merchantId, Guid? offerId, OfferForm form, Caller caller, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            if (!(await book.OwnedBy(merchantId, caller.PersonId, cancel)).TryGet(out var merchant, out var error))
                return error;
            var offer = offerId is { } known ? await db.Set<Offer>().FirstOrDefaultAsync(o => o.Id == known && o.MerchantId == merchantId, cancel) : null;
            if (offerId is not null && offer is null)
                return new UnknownOffer();
            if (offer?.State == OfferState.Ended)
                return new OfferEnded();
            if (offer is null && await db.Set<Offer>().CountAsync(o => o.MerchantId == merchantId && o.State != OfferState.Ended, cancel) >= Offer.MaxPerMerchant)
                return new TooManyOffers();
            if (offer is null)
                db.Add(offer = new Offer { CommunityId = db.Scope.CommunityId, Id = ids.New(), MerchantId = merchantId, State = OfferState.Proposed, CreatedAt = clock.Now });
            var version = 1 + await db.Set<OfferVersion>().Where(v => v.OfferId == offer.Id).Select(v => v.Version).DefaultIfEmpty().MaxAsync(cancel);
            var draft = new ApprovalDraft(
                Approved.Name, $"offer:{offer.Id:N}", string.Create(CultureInfo.InvariantCulture, $"{merchant.Name} 的兑换项目：{form.Title.Trim()}，{form.Coins} 枚"),
                JsonSerializer.Serialize(new Payload(offer.Id, version), PhoenixJson.Options), Role.Staff, caller.PersonId, caller.PersonId, null);
            if (!(await approvals.Propose(draft, cancel)).TryGet(out var approval, out _))
                return new OfferWaits();
            db.Add(Version(offer.Id, version, form, caller.PersonId, approval));
            audit.Write("offer.proposed", $"offer:{offer.Id:N}");
            return new Response(offer.Id, version, approval);
        }

        private OfferVersion Version(Guid offer, int version, OfferForm form, Guid proposedBy, Guid approval) => new()
        {
            CommunityId = db.Scope.CommunityId,
            OfferId = offer,
            Version = version,
            Title = form.Title.Trim(),
            Description = form.Description?.Trim() ?? "",
            ExtraText = form.ExtraText?.Trim() ?? "",
            FileId = form.FileId,
            Coins = form.Coins,
            StockTotal = form.StockTotal,
            StockPerDay = form.StockPerDay,
            PerPersonDay = form.PerPersonDay,
            PerPersonWeek = form.PerPersonWeek,
            PerPersonMonth = form.PerPersonMonth,
            MaxQuantity = form.MaxQuantity ?? 1,
            Weekdays = form.WeekdayBits,
            FromMinute = form.FromMinute,
            ToMinute = form.ToMinute,
            ValidFrom = form.ValidFrom,
            ValidTo = form.ValidTo,
            ProposedBy = proposedBy,
            ApprovalId = approval,
            ProposedAt = clock.Now,
        };
    }

    /// <summary>Carries out what staff approved.</summary>
    internal sealed class Approved(PhoenixDb db, MerchantBook book, IFileLinks links, IAuditLog audit, Clock clock) : IApprovalKind
    {
        public const string Name = "merchant.offer";

        public string Kind => Name;

        public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            var wanted = JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!;
            var offer = await db.Set<Offer>().SingleAsync(o => o.Id == wanted.OfferId, cancel);
            if (!(await book.OwnedBy(offer.MerchantId, maker, cancel)).TryGet(out _, out var error))
                return error;
            if (offer.State == OfferState.Ended)
                return new OfferEnded();
            var version = await db.Set<OfferVersion>().SingleAsync(v => v.OfferId == wanted.OfferId && v.Version == wanted.Version, cancel);
            version.ApprovedAt = clock.Now;
            offer.Version = wanted.Version;
            if (offer.State == OfferState.Proposed)
                offer.State = OfferState.Active;
            audit.Write("offer.approved", $"offer:{offer.Id:N}");
            return null;
        }

        /// <summary>The version as it waits: what staff approve is what they read and see.</summary>
        public async Task<ApprovalDetails> Details(string payload, CancellationToken cancel)
        {
            var wanted = JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!;
            var version = await db.Set<OfferVersion>().AsNoTracking().SingleAsync(v => v.OfferId == wanted.OfferId && v.Version == wanted.Version, cancel);
            return new ApprovalDetails([.. Lines(version)], version.FileId is { } file ? [links.Make(db.Scope.CommunityId, file).Url] : []);
        }

        private static IEnumerable<string> Lines(OfferVersion v)
        {
            if (v.Version > 1)
                yield return $"第 {v.Version} 版，同意后换下现在的。";
            if (v.Description.Length > 0)
                yield return v.Description;
            if (v.ExtraText.Length > 0)
                yield return $"到店另付：{v.ExtraText}";
            foreach (var (what, limit) in new[] { ("一共", v.StockTotal), ("每天", v.StockPerDay), ("每人每天", v.PerPersonDay), ("每人每周", v.PerPersonWeek), ("每人每月", v.PerPersonMonth) })
                if (limit is not null)
                    yield return $"{what}最多 {limit} 份";
        }

        /// <summary>Nobody of the merchant approves for the community.</summary>
        public async Task<bool> IsFor(string payload, Guid personId, CancellationToken cancel)
        {
            var id = JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!.OfferId;
            var merchant = await db.Set<Offer>().Where(o => o.Id == id).Select(o => o.MerchantId).SingleAsync(cancel);
            return await book.Place(merchant, personId, cancel) is not null;
        }
    }
}
