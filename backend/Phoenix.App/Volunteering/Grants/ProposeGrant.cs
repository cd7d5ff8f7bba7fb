using FluentValidation;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Grants;

/// <summary>Staff propose coins for a member in recognition; the treasurer decides.</summary>
public static class ProposeGrant
{
    /// <summary>To whom, how many, for what.</summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="Coins">1 to 500.</param>
    /// <param name="Reason">As the member reads it, 2 to 60 characters.</param>
    /// <param name="Evidence">What shows it, 2 to 200 characters.</param>
    public sealed record Request(Guid MemberId, long Coins, string Reason, string Evidence);

    /// <summary>What waits.</summary>
    /// <param name="BatchId">The grant.</param>
    /// <param name="ApprovalId">The proposal that the treasurer decides.</param>
    /// <param name="LeftThisMonth">How many coins the maker may still propose this month.</param>
    public sealed record Response(Guid BatchId, Guid ApprovalId, long LeftThisMonth);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Coins, a reason, evidence.</summary>
        public Limits()
        {
            RuleFor(r => r.Coins).InclusiveBetween(1, Grant.MaxCoins).WithName("枚数");
            RuleFor(r => r.Reason).NotEmpty().Length(2, Grant.MaxReasonLength).WithName("事由");
            RuleFor(r => r.Evidence).NotEmpty().Length(2, Grant.MaxEvidenceLength).WithName("依据");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/grants", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithName("proposeGrant").WithSummary("申报表扬发放");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, GrantBook book, IPeople people)
    {
        /// <summary>What waits, or <see cref="GrantMemberUnknown"/>, <see cref="OwnGrant"/>, <see cref="GrantCapReached"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await people.OfMembers([body.MemberId], cancel)).TryGetValue(body.MemberId, out var member) || member.HasLeft)
                return new GrantMemberUnknown();
            if (!(await book.Propose([new GrantLine(1, member, body.Coins, body.Reason.Trim(), body.Evidence.Trim())], null, caller.PersonId, cancel)).TryGet(out var batch, out var error))
                return error;
            await db.SaveChangesAsync(cancel);
            return new Response(batch.Id, batch.ApprovalId, await book.Left(caller.PersonId, cancel));
        }, cancel);
    }
}
