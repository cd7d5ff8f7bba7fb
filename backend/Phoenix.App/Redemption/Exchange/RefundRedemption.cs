using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Offers;
using Phoenix.Ledger;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>
/// 退回: the merchant gives coins of a captured exchange back, as often as needed up to what was captured; they return to the lots they came from. And the
/// undoing of a slip of the finger, within ten seconds, with the portion and the limits.
/// </summary>
public static class RefundRedemption
{
    /// <summary>How many, why.</summary>
    /// <param name="Coins">Coins to give back.</param>
    /// <param name="Reason">As the member reads it, 2 to 60 characters.</param>
    public sealed record Request(long Coins, string Reason);

    /// <summary>A refund.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="RedemptionId">Of which exchange.</param>
    /// <param name="Coins">Coins that went back.</param>
    /// <param name="At">When.</param>
    public sealed record Response(Guid Id, Guid RedemptionId, long Coins, DateTimeOffset At);

    /// <summary>A refund on a receipt.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Coins">Coins that went back.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="At">When.</param>
    public sealed record Line(Guid Id, long Coins, string Reason, DateTimeOffset At);

    /// <summary>A receipt, the same for the member and the merchant.</summary>
    /// <param name="Redemption">The exchange, with the member's name masked.</param>
    /// <param name="Merchant">The merchant's name.</param>
    /// <param name="Refunds">What went back, in order.</param>
    public sealed record Receipt(TillItem Redemption, string Merchant, IReadOnlyList<Line> Refunds);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Some coins, for a reason.</summary>
        public Limits()
        {
            RuleFor(r => r.Coins).InclusiveBetween(1, OfferVersion.MaxCoins * OfferVersion.MaxQuantityAtOnce).WithName("枚数");
            RuleFor(r => r.Reason).NotEmpty().Length(2, RedemptionRow.MaxReasonLength).WithName("原因");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/merchants/{id:guid}/redemptions/{redemptionId:guid}/refunds", (
                Guid id, Guid redemptionId, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, redemptionId, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner, Role.Clerk)
            .WithName("refundRedemption").WithSummary("退回");
        community.MapPost("/merchants/{id:guid}/redemptions/{redemptionId:guid}/undo", (
                Guid id, Guid redemptionId, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Undo(id, redemptionId, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner, Role.Clerk)
            .WithName("undoRedemption").WithSummary("撤销刚才的一笔");
        community.MapGet("/redemptions/{id:guid}/receipt", (Guid id, Caller caller, Receipts receipts, CancellationToken cancel) => receipts.Of(id, caller, cancel).ToHttp())
            .RequireSignedIn()
            .WithName("getReceipt").WithSummary("兑换凭条");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(TillDoor door, LedgerPoster poster, RedemptionParts parts, OrderDesk desk)
    {
        private const string UndoReason = "店员点错了";

        /// <summary>The refund, or <see cref="Merchants.UnknownMerchant"/>, <see cref="UnknownRedemption"/>, <see cref="OwnRedemption"/>, <see cref="NotCaptured"/>, <see cref="RefundTooMuch"/>, <see cref="RefundUncovered"/>.</summary>
        public async Task<Result<Response>> Run(Guid merchantId, Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) =>
            (await door.Find(merchantId, id, caller, cancel)).TryGet(out var row, out var error) ? await Refund(row, body.Coins, body.Reason.Trim(), false, requestId, caller, cancel) : error;

        /// <summary>The refund, or as <see cref="Run"/>, or <see cref="UndoLate"/>.</summary>
        public async Task<Result<Response>> Undo(Guid merchantId, Guid id, RequestId requestId, Caller caller, CancellationToken cancel) =>
            (await door.Find(merchantId, id, caller, cancel)).TryGet(out var row, out var error) ? await Refund(row, row.Coins, UndoReason, true, requestId, caller, cancel) : error;

        private async Task<Result<Response>> Refund(RedemptionRow row, long coins, string reason, bool isUndo, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await door.IsOwn(row, caller, cancel))
                return new OwnRedemption();
            var request = Refunds.Request(row, new Refunding(row.Id, requestId.Id, coins, caller.PersonId, reason, isUndo), isUndo ? OfferCounters.Back(await parts.CountersOf(row, cancel)) : []);
            var posted = await poster.Post(request, cancel);
            if (posted.TryGet(out var done, out var error))
                return new Response(requestId.Id, row.Id, coins, done.First.At);
            return error is Insufficient ? new RefundUncovered() : await desk.Explain(error, cancel);
        }
    }

    /// <summary>Receipts for both sides.</summary>
    internal sealed class Receipts(PhoenixDb db, MemberShelf members, TillPages pages)
    {
        /// <summary>The receipt for the member or for people of the merchant; nobody else's exists.</summary>
        public async Task<Result<Receipt>> Of(Guid id, Caller caller, CancellationToken cancel)
        {
            if (await db.Set<RedemptionRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancel) is not { } row)
                return new UnknownRedemption();
            var isTheirs = await members.MemberOf(row.CommunityId, caller.PersonId, cancel) == row.MemberId
                || await db.Set<Merchants.MerchantStaff>().AnyAsync(s => s.MerchantId == row.MerchantId && s.PersonId == caller.PersonId && s.EndedAt == null, cancel);
            if (!isTheirs)
                return new UnknownRedemption();
            var merchant = await db.Set<Merchants.Merchant>().Where(m => m.Id == row.MerchantId).Select(m => m.Name).SingleAsync(cancel);
            var refunds = await db.Set<RedemptionRefund>().AsNoTracking().Where(r => r.RedemptionId == id).OrderBy(r => r.Seq).Take(PageQuery.MaxLimit)
                .Select(r => new Line(r.Id, r.Coins, r.Reason, r.MadeAt)).ToListAsync(cancel);
            return new Receipt(await pages.Show(row, cancel), merchant, refunds);
        }
    }
}

/// <summary>The ledger's request of a refund.</summary>
internal static class Refunds
{
    public static LedgerRequest Request(RedemptionRow row, Refunding refund, IReadOnlyList<CounterUse> counters) =>
        new(row.CommunityId, refund.RefundId, refund.By, "redemption.refund", new RefundHold(row.Hold, refund.Coins) { Ref = $"redemption:{row.Id:N}", Rule = refund.IsUndo ? "undo/1" : "refund/1", Reason = refund.Reason })
        {
            Counters = counters,
            Attachments = [refund],
        };
}
