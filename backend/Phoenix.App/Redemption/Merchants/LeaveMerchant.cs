using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>Somebody is at a merchant no more, at once: an owner takes a clerk off, staff take anybody off, or they leave by themselves.</summary>
public static class LeaveMerchant
{
    /// <summary>Who, why.</summary>
    /// <param name="StaffId">The place.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(Guid StaffId, string Reason);

    /// <summary>The place that is over.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record Response(Guid Id);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, MerchantsModule.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/merchants/{id:guid}/staff/removal", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Remove(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.MerchantOwner)
            .WithName("removeMerchantStaff").WithSummary("移除店员或负责人");
        community.MapDelete("/merchant-jobs/{id:guid}", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Leave(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner, Role.Clerk)
            .WithName("leaveMerchant").WithSummary("离开商家");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, MerchantBook book)
    {
        /// <summary>The place that is over, or <see cref="UnknownMerchant"/>, <see cref="UnknownMerchantStaff"/>, <see cref="OwnerByStaffOnly"/>, <see cref="MerchantLastOwner"/>.</summary>
        public Task<Result<Response>> Remove(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!caller.Is(Role.Staff) && await book.Place(id, caller.PersonId, cancel) is not { Post: MerchantPost.Owner })
                return new UnknownMerchant();
            if (await db.Set<MerchantStaff>().FirstOrDefaultAsync(s => s.Id == body.StaffId && s.MerchantId == id && s.EndedAt == null, cancel) is not { } place)
                return new UnknownMerchantStaff();
            if (place.Post == MerchantPost.Owner && !caller.Is(Role.Staff))
                return new OwnerByStaffOnly();
            return await Ended(place, MerchantEnd.Removed, body.Reason, cancel);
        }, cancel);

        /// <summary>The place that is over, or <see cref="UnknownMerchantStaff"/>, <see cref="MerchantLastOwner"/>.</summary>
        public Task<Result<Response>> Leave(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<MerchantStaff>().FirstOrDefaultAsync(s => s.Id == id && s.PersonId == caller.PersonId && s.EndedAt == null, cancel) is not { } place)
                return new UnknownMerchantStaff();
            return await Ended(place, MerchantEnd.Quit, null, cancel);
        }, cancel);

        private async Task<Result<Response>> Ended(MerchantStaff place, MerchantEnd cause, string? reason, CancellationToken cancel) =>
            await book.End(place, cause, reason, cancel) is { } refusal ? refusal : new Response(place.Id);
    }
}
