using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>
/// 已给, 给不了, or taken back by the member: a held exchange ends once. Everybody who asks afterwards, for whatever end, is answered with the one that it has.
/// </summary>
public static class EndRedemption
{
    /// <summary>已给.</summary>
    /// <param name="IsForFamily">Whether family collected it (代取): the member's family is told.</param>
    public sealed record HandOverRequest(bool IsForFamily = false);

    /// <summary>给不了.</summary>
    /// <param name="Reason">Why, as the member reads it, 2 to 60 characters.</param>
    public sealed record RefuseRequest(string Reason);

    /// <summary>The exchange at its end.</summary>
    /// <param name="Id">Which.</param>
    /// <param name="Number">Its number of the day.</param>
    /// <param name="OfferId">What.</param>
    /// <param name="Quantity">How many.</param>
    /// <param name="Coins">Coins in all.</param>
    /// <param name="State">How it ended.</param>
    /// <param name="ResolvedAt">When.</param>
    /// <param name="Reason">Why the merchant couldn't give it.</param>
    public sealed record Response(Guid Id, int Number, Guid OfferId, int Quantity, long Coins, RedemptionState State, DateTimeOffset ResolvedAt, string? Reason);

    /// <summary>The limits of a refusal.</summary>
    public sealed class RefuseLimits : AbstractValidator<RefuseRequest>
    {
        /// <summary>A reason is there.</summary>
        public RefuseLimits() => RuleFor(r => r.Reason).NotEmpty().Length(2, RedemptionRow.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/merchants/{id:guid}/redemptions/{redemptionId:guid}/hand-over", (
                Guid id, Guid redemptionId, HandOverRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.AtTill(id, new Resolving(redemptionId, RedemptionState.Captured, caller.PersonId, null, body.IsForFamily), requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner, Role.Clerk)
            .WithName("handOverRedemption").WithSummary("已给");
        community.MapPost("/merchants/{id:guid}/redemptions/{redemptionId:guid}/refusal", (
                Guid id, Guid redemptionId, RefuseRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.AtTill(id, new Resolving(redemptionId, RedemptionState.Refused, caller.PersonId, body.Reason.Trim()), requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner, Role.Clerk)
            .WithName("refuseRedemption").WithSummary("给不了");
        community.MapPost("/redemptions/{id:guid}/cancellation", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Cancel(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("cancelRedemption").WithSummary("不换了，退回");
    }

    internal static Response Show(RedemptionRow r) => new(r.Id, r.Number, r.OfferId, r.Quantity, r.Coins, r.State, r.ResolvedAt ?? r.PlacedAt, r.Reason);

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, TillDoor door, ResolveDesk desk, MemberShelf members)
    {
        /// <summary>The end, or <see cref="Merchants.UnknownMerchant"/>, <see cref="Merchants.MerchantNotActive"/>, <see cref="Merchants.ClerkIdle"/>, <see cref="UnknownRedemption"/>, <see cref="OwnRedemption"/>, <see cref="AwaitsMember"/>, <see cref="RedeemingPaused"/>.</summary>
        public async Task<Result<Response>> AtTill(Guid merchantId, Resolving change, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (!(await door.Find(merchantId, change.Id, caller, cancel)).TryGet(out var row, out var error))
                return error;
            if (row.State == RedemptionState.Held && await door.IsOwn(row, caller, cancel))
                return new OwnRedemption();
            return (await desk.Run(row, change, requestId.Id, cancel)).Map(Show);
        }

        /// <summary>The end, or <see cref="UnknownRedemption"/>.</summary>
        public async Task<Result<Response>> Cancel(Guid id, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await members.MemberOf(db.Scope.CommunityId, caller.PersonId, cancel) is not { } member
                || await db.Set<RedemptionRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.MemberId == member, cancel) is not { } row)
                return new UnknownRedemption();
            return (await desk.Run(row, new Resolving(id, RedemptionState.Cancelled, caller.PersonId), requestId.Id, cancel)).Map(Show);
        }
    }
}
