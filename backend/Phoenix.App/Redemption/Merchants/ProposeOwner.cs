using System.Text.Json;
using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>
/// Staff propose who owns a merchant here, as one more or in the place of another (a hand-over); the treasurer decides, since owners say where the money goes.
/// </summary>
public static class ProposeOwner
{
    /// <summary>Who, instead of whom, why.</summary>
    /// <param name="MemberId">The member who becomes owner; may be a clerk there.</param>
    /// <param name="ReplacesMemberId">The owner who goes in the same step; null for none.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(Guid MemberId, Guid? ReplacesMemberId, string Reason);

    /// <summary>What waits.</summary>
    /// <param name="ApprovalId">The proposal that waits for the treasurer.</param>
    public sealed record Response(Guid ApprovalId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, MerchantsModule.MaxReasonLength).WithName("原因");
    }

    /// <summary>What a proposal carries.</summary>
    internal sealed record Payload(Guid MerchantId, Guid PersonId, Guid? ReplacesId, string Reason);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/merchants/{id:guid}/owners", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("proposeMerchantOwner").WithSummary("提交商家负责人");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, MerchantBook book, IPeople people, IApprovals approvals)
    {
        /// <summary>
        /// What waits, or <see cref="UnknownMerchant"/>, <see cref="MerchantLeft"/>, <see cref="MerchantMemberUnknown"/>, <see cref="MerchantOwnerSelf"/>,
        /// <see cref="AlreadyMerchantStaff"/>, <see cref="UnknownMerchantStaff"/>, <see cref="AlreadyProposed"/>.
        /// </summary>
        public Task<Result<Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!(await book.Present(id, cancel)).TryGet(out var merchant, out var error))
                return error;
            var found = await people.OfMembers(body.ReplacesMemberId is { } other ? [body.MemberId, other] : [body.MemberId], cancel);
            if (!found.TryGetValue(body.MemberId, out var owner) || owner.HasLeft)
                return new MerchantMemberUnknown();
            if (owner.PersonId == caller.PersonId)
                return new MerchantOwnerSelf();
            if (await book.Place(id, owner.PersonId, cancel) is { Post: MerchantPost.Owner })
                return new AlreadyMerchantStaff();
            MemberHead? replaced = null;
            if (body.ReplacesMemberId is { } replacedId && (!found.TryGetValue(replacedId, out replaced) || await book.Place(id, replaced.PersonId, cancel) is not { Post: MerchantPost.Owner }))
                return new UnknownMerchantStaff();
            var proposed = await approvals.Propose(
                new ApprovalDraft(
                    Approved.Name, $"merchant:{id:N}", $"{merchant.Name} 的负责人：{owner.Name}{(replaced is null ? "" : $"（接替 {replaced.Name}）")}",
                    JsonSerializer.Serialize(new Payload(id, owner.PersonId, replaced?.PersonId, body.Reason), PhoenixJson.Options),
                    Role.Treasurer, caller.PersonId, owner.PersonId, body.Reason),
                cancel);
            return proposed.Map(approval => new Response(approval));
        }, cancel);
    }

    /// <summary>Carries out what the treasurer approved.</summary>
    internal sealed class Approved(PhoenixDb db, MerchantBook book, IJoinCodes codes) : IApprovalKind
    {
        public const string Name = "merchant.owner";

        public string Kind => Name;

        public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            var wanted = JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!;
            if (!(await book.Present(wanted.MerchantId, cancel)).TryGet(out _, out var error))
                return error;
            var replaced = wanted.ReplacesId is { } id ? await book.Place(wanted.MerchantId, id, cancel) : null;
            if (wanted.ReplacesId is not null && replaced is not { Post: MerchantPost.Owner })
                return new UnknownMerchantStaff();
            var place = await book.Place(wanted.MerchantId, wanted.PersonId, cancel);
            if (place is { Post: MerchantPost.Owner })
                return new AlreadyMerchantStaff();
            if (place is not null)
                await book.End(place, MerchantEnd.Replaced, wanted.Reason, cancel);
            if (!(await book.Add(wanted.MerchantId, wanted.PersonId, MerchantPost.Owner, wanted.Reason, cancel)).TryGet(out _, out error))
                return error;
            if (replaced is null)
                return null;
            await codes.End(JoinPurpose.Clerk, wanted.MerchantId, cancel);
            return await book.End(replaced, MerchantEnd.Replaced, wanted.Reason, cancel);
        }
    }
}
