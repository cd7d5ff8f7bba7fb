using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Redemption.Offers;
using Phoenix.Ledger;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>A member disputes a captured exchange within 30 days; staff answer, and may give coins back with the answer, in one transaction.</summary>
public static class DisputeRedemption
{
    /// <summary>The question.</summary>
    /// <param name="Text">What isn't right, 2 to 200 characters.</param>
    public sealed record Request(string Text);

    /// <summary>The answer.</summary>
    /// <param name="IsAccepted">Whether the member is right.</param>
    /// <param name="Answer">As the member reads it, 2 to 200 characters.</param>
    /// <param name="RefundCoins">Coins given back with it; 0 for none.</param>
    public sealed record AnswerRequest(bool IsAccepted, string Answer, long RefundCoins = 0);

    /// <summary>A dispute.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="RedemptionId">Of which exchange.</param>
    /// <param name="MerchantId">At which merchant.</param>
    /// <param name="Text">What isn't right.</param>
    /// <param name="AskedAt">When.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Answer">What staff answered.</param>
    /// <param name="AnsweredAt">When.</param>
    /// <param name="RefundedCoins">Coins that the answer gave back.</param>
    public sealed record Item(Guid Id, Guid RedemptionId, Guid MerchantId, string Text, DateTimeOffset AskedAt, DisputeState State, string? Answer, DateTimeOffset? AnsweredAt, long RefundedCoins);

    /// <summary>The limits of a question.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A text.</summary>
        public Limits() => RuleFor(r => r.Text).NotEmpty().Length(2, RedemptionDispute.MaxTextLength).WithName("说明");
    }

    /// <summary>The limits of an answer.</summary>
    public sealed class AnswerLimits : AbstractValidator<AnswerRequest>
    {
        /// <summary>A text, and coins only for who is right.</summary>
        public AnswerLimits()
        {
            RuleFor(r => r.Answer).NotEmpty().Length(2, RedemptionDispute.MaxTextLength).WithName("答复");
            RuleFor(r => r.RefundCoins).InclusiveBetween(0, OfferVersion.MaxCoins * OfferVersion.MaxQuantityAtOnce).WithName("退回枚数");
            RuleFor(r => r.RefundCoins).Equal(0).When(r => !r.IsAccepted).WithName("退回枚数");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/redemptions/{id:guid}/disputes", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Ask(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("disputeRedemption").WithSummary("对兑换有疑问");
        community.MapGet("/redemptions/{id:guid}/disputes", (Guid id, Caller caller, Handler handler, CancellationToken cancel) => handler.Mine(id, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("listMyDisputes").WithSummary("我对这次兑换的疑问和答复");
        community.MapGet("/redemption-disputes", List)
            .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor)
            .WithName("listDisputes").WithSummary("居民的兑换疑问");
        community.MapPost("/redemption-disputes/{id:guid}/answer", (Guid id, AnswerRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Answer(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("answerDispute").WithSummary("答复兑换疑问");
    }

    /// <summary>What the member asked about an exchange, and what was answered.</summary>
    /// <param name="Items">The latest first; at most <see cref="MaxShown"/>.</param>
    public sealed record MineResponse(IReadOnlyList<Item> Items);

    /// <summary>Questions about one exchange that are shown.</summary>
    public const int MaxShown = 20;

    private static Item Show(RedemptionDispute d) => new(d.Id, d.RedemptionId, d.MerchantId, d.Text, d.AskedAt, d.State, d.Answer, d.AnsweredAt, d.RefundedCoins);

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, [FromQuery] string? state, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        DisputeState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse<DisputeState>(state, ignoreCase: true, out var parsed))
                return new Refusal(new BadParameter());
            wanted = parsed;
        }

        var rows = await db.Set<RedemptionDispute>().AsNoTracking().Where(d => (wanted == null || d.State == wanted) && (at.After == null || d.Id.CompareTo(at.After.Value) < 0))
            .OrderByDescending(d => d.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(Show), at.Limit, d => d.Id));
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(
        PhoenixDb db, UnitOfWork work, MemberShelf members, IPeople people, IContentCheck content, INotifications notifications, LedgerPoster poster, OrderDesk desk, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>The caller's questions about one of their exchanges, or <see cref="UnknownRedemption"/>.</summary>
        public async Task<Result<MineResponse>> Mine(Guid id, Caller caller, CancellationToken cancel)
        {
            if (await members.MemberOf(db.Scope.CommunityId, caller.PersonId, cancel) is not { } member || !await db.Set<RedemptionRow>().AnyAsync(r => r.Id == id && r.MemberId == member, cancel))
                return new UnknownRedemption();
            var rows = await db.Set<RedemptionDispute>().AsNoTracking().Where(d => d.RedemptionId == id && d.AskedBy == caller.PersonId).OrderByDescending(d => d.Id).Take(MaxShown).ToListAsync(cancel);
            return new MineResponse(rows.ConvertAll(Show));
        }

        /// <summary>The question, or <see cref="UnknownRedemption"/>, <see cref="NotDisputable"/>, <see cref="DisputeWaits"/>, or the content check's refusal.</summary>
        public async Task<Result<Item>> Ask(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<Item>(requestId, cancel) is { } before)
                return before;
            if (await members.MemberOf(db.Scope.CommunityId, caller.PersonId, cancel) is not { } member)
                return new UnknownRedemption();
            // Only staff read it, and they must read it: what WeChat can't judge is theirs to judge.
            if ((await content.Text(caller.PersonId, ContentScene.Comment, [body.Text], cancel)).Error is { } risky)
                return risky;
            return await work.Once<Item>(requestId, async () =>
            {
                await db.LockCommunity(cancel);
                if (await db.Set<RedemptionRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.MemberId == member, cancel) is not { } row)
                    return new UnknownRedemption();
                if (row.State != RedemptionState.Captured || clock.Now >= row.ResolvedAt + ExchangeLimits.DisputeWithin)
                    return new NotDisputable();
                if (await db.Set<RedemptionDispute>().AnyAsync(d => d.RedemptionId == id && d.State == DisputeState.Open, cancel))
                    return new DisputeWaits();
                var dispute = new RedemptionDispute
                {
                    CommunityId = db.Scope.CommunityId,
                    Id = ids.New(),
                    RedemptionId = id,
                    MerchantId = row.MerchantId,
                    AskedBy = caller.PersonId,
                    Text = body.Text.Trim(),
                    AskedAt = clock.Now,
                };
                db.Add(dispute);
                return Show(dispute);
            }, cancel);
        }

        /// <summary>The dispute as answered, or <see cref="UnknownDispute"/>, <see cref="DisputeAnsweredBefore"/>, <see cref="DisputeOwn"/>, <see cref="RefundTooMuch"/>, <see cref="RefundUncovered"/>.</summary>
        public Task<Result<Item>> Answer(Guid id, AnswerRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<RedemptionDispute>().FirstOrDefaultAsync(d => d.Id == id, cancel) is not { } dispute)
                return new UnknownDispute();
            if (dispute.State != DisputeState.Open)
                return new DisputeAnsweredBefore();
            var isConcerned = dispute.AskedBy == caller.PersonId || await db.Set<Merchants.MerchantStaff>().AnyAsync(s => s.MerchantId == dispute.MerchantId && s.PersonId == caller.PersonId && s.EndedAt == null, cancel);
            if (isConcerned)
                return new DisputeOwn();
            (dispute.State, dispute.Answer, dispute.AnsweredBy, dispute.AnsweredAt, dispute.RefundedCoins) =
                (body.IsAccepted ? DisputeState.Accepted : DisputeState.Rejected, body.Answer.Trim(), caller.PersonId, clock.Now, body.RefundCoins);
            audit.Write("redemption.dispute_answered", $"dispute:{id:N}", dispute.AskedBy);
            var row = await db.Set<RedemptionRow>().AsNoTracking().SingleAsync(r => r.Id == dispute.RedemptionId, cancel);
            var title = await db.Set<OfferVersion>().Where(v => v.OfferId == row.OfferId && v.Version == row.OfferVersion).Select(v => v.Title).SingleAsync(cancel);
            if ((await people.OfPersons([dispute.AskedBy], cancel)).TryGetValue(dispute.AskedBy, out var asker) && !asker.HasLeft)
                await notifications.Tell(
                    new Notice(dispute.AskedBy, $"dispute:{id:N}", new DisputeAnswered(title, body.IsAccepted, dispute.Answer, clock.Now), TellRedemption.Teller.PageOf(row.Id)), cancel);
            if (body.RefundCoins == 0)
                return Show(dispute);
            var refund = Refunds.Request(row, new Refunding(row.Id, requestId.Id, body.RefundCoins, caller.PersonId, "社区答复后退回", IsUndo: false), []);
            return (await poster.PostIn(db, [refund], cancel)).TryGet(out _, out var error) ? Show(dispute) : error is Insufficient ? new RefundUncovered() : await desk.Explain(error, cancel);
        }, cancel);
    }
}
