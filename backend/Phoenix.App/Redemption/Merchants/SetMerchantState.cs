using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Redemption.Exchange;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>Staff open or pause a merchant, or enter that it left: then its people are off and its code is over.</summary>
public static class SetMerchantState
{
    /// <summary>What it becomes, why.</summary>
    /// <param name="State">Active needs an owner; Left is for good.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(MerchantState State, string Reason);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, MerchantsModule.MaxReasonLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/merchants/{id:guid}/state", (
            Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("setMerchantState").WithSummary("启用、暂停商家，或登记退出");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, MerchantBook book, IJoinCodes codes, IAuditLog audit)
    {
        /// <summary>The merchant as it now is, or <see cref="UnknownMerchant"/>, <see cref="MerchantLeft"/>, <see cref="MerchantOwnerless"/>, <see cref="MerchantHasHolds"/>.</summary>
        public Task<Result<ListMerchants.Item>> Run(Guid id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<ListMerchants.Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await book.Present(id, cancel)).TryGet(out var merchant, out var error))
                return error;
            if (body.State == MerchantState.Active && !await db.Set<MerchantStaff>().AnyAsync(s => s.MerchantId == id && s.Post == MerchantPost.Owner && s.EndedAt == null, cancel))
                return new MerchantOwnerless();
            if (body.State == MerchantState.Left)
            {
                if (await db.Set<RedemptionRow>().AnyAsync(r => r.MerchantId == id && r.State == RedemptionState.Held, cancel))
                    return new MerchantHasHolds();
                foreach (var place in await db.Set<MerchantStaff>().Where(s => s.MerchantId == id && s.EndedAt == null).ToListAsync(cancel))
                    await book.End(place, MerchantEnd.MerchantLeft, body.Reason, cancel);
                await codes.End(JoinPurpose.Clerk, id, cancel);
            }

            merchant.State = body.State;
            audit.Write($"merchant.{body.State.ToString().ToLowerInvariant()}", $"merchant:{id:N}", reason: body.Reason);
            return ListMerchants.Show(merchant);
        }, cancel);
    }
}
