using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund;

/// <summary>The treasurer sets what a coin is taken to cost and how much of the fund may be promised; a member of staff approves.</summary>
public static class SetFundPolicy
{
    /// <summary>The policy as it is to be.</summary>
    /// <param name="LiabilityFenPerCoin">In fen, 1 to 10,000.</param>
    /// <param name="RatioPercent">1 to 100.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(long LiabilityFenPerCoin, int RatioPercent, string Reason);

    /// <summary>What came of it.</summary>
    /// <param name="ApprovalId">The proposal that waits for a second person.</param>
    public sealed record Response(Guid ApprovalId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Numbers.</summary>
        public Limits()
        {
            RuleFor(r => r.LiabilityFenPerCoin).InclusiveBetween(1, FundPolicy.MaxFenPerCoin).WithName("每枚负债");
            RuleFor(r => r.RatioPercent).InclusiveBetween(1, 100).WithName("承诺比例");
            RuleFor(r => r.Reason).NotEmpty().Length(2, 200).WithName("原因");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/fund/policies", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Treasurer)
        .WithName("setFundPolicy").WithSummary("设置基金承诺规则");

    /// <summary>Does it.</summary>
    public sealed class Handler(UnitOfWork work, IApprovals approvals)
    {
        /// <summary>The proposal, or <see cref="AlreadyProposed"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var proposed = await approvals.Propose(
                new ApprovalDraft(
                    Approved.Name, "fund:policy", $"每枚按 {Yuan.Of(body.LiabilityFenPerCoin)} 元计，可承诺基金的 {body.RatioPercent}%",
                    JsonSerializer.Serialize(body, PhoenixJson.Options), Role.Staff, caller.PersonId, null, body.Reason),
                cancel);
            return proposed.TryGet(out var id, out var error) ? new Response(id) : error;
        }, cancel);
    }

    /// <summary>Adds the version that the second person approved.</summary>
    internal sealed class Approved(PhoenixDb db, Clock clock) : IApprovalKind
    {
        public const string Name = "fund.policy";

        public string Kind => Name;

        public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            var policy = JsonSerializer.Deserialize<Request>(payload, PhoenixJson.Options)!;
            await db.LockCommunity(cancel);
            var newest = await db.Set<FundPolicy>().MaxAsync(p => (int?)p.Version, cancel) ?? 0;
            db.Add(new FundPolicy
            {
                CommunityId = db.Scope.CommunityId,
                Version = newest + 1,
                LiabilityFenPerCoin = policy.LiabilityFenPerCoin,
                RatioPercent = policy.RatioPercent,
                MakerId = maker,
                CreatedAt = clock.Now,
            });
            return null;
        }
    }
}
