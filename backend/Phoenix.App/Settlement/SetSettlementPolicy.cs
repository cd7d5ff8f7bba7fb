using System.Globalization;
using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement;

/// <summary>The treasurer sets how statements are confirmed and approved; a member of staff approves. It counts for what is sent and prepared from then on.</summary>
public static class SetSettlementPolicy
{
    /// <summary>The policy.</summary>
    /// <param name="ConfirmWithinDays">Working days for confirming, 1 to 30.</param>
    /// <param name="IsSilenceConsent">Whether silence counts as a yes when they are over.</param>
    /// <param name="AnswerWithinDays">Working days for answering, 1 to 30.</param>
    /// <param name="SecondCheckFromFen">Payouts of so much or more are approved by two, in fen.</param>
    /// <param name="ReceivableFloorFen">How far a debt may go by corrections, in fen; 0 or below.</param>
    public sealed record Terms(int ConfirmWithinDays, bool IsSilenceConsent, int AnswerWithinDays, long SecondCheckFromFen, long ReceivableFloorFen);

    /// <summary>The policy as it is to be.</summary>
    /// <param name="ConfirmWithinDays">See <see cref="Terms"/>.</param>
    /// <param name="IsSilenceConsent">See <see cref="Terms"/>.</param>
    /// <param name="AnswerWithinDays">See <see cref="Terms"/>.</param>
    /// <param name="SecondCheckFromFen">See <see cref="Terms"/>.</param>
    /// <param name="ReceivableFloorFen">See <see cref="Terms"/>.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(int ConfirmWithinDays, bool IsSilenceConsent, int AnswerWithinDays, long SecondCheckFromFen, long ReceivableFloorFen, string Reason);

    /// <summary>The policy in force.</summary>
    /// <param name="Version">0 for the one that communities start with.</param>
    /// <param name="Terms">What it says.</param>
    public sealed record Current(int Version, Terms Terms);

    /// <summary>What came of it.</summary>
    /// <param name="ApprovalId">The proposal that waits for a second person.</param>
    public sealed record Response(Guid ApprovalId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Numbers, and a reason.</summary>
        public Limits()
        {
            RuleFor(r => r.ConfirmWithinDays).InclusiveBetween(1, SettlementPolicy.MaxConfirmDays).WithName("确认期限");
            RuleFor(r => r.AnswerWithinDays).InclusiveBetween(1, SettlementPolicy.MaxConfirmDays).WithName("答复期限");
            RuleFor(r => r.SecondCheckFromFen).InclusiveBetween(1, SettlementPolicy.MaxFen).WithName("双人复核起点（分）");
            RuleFor(r => r.ReceivableFloorFen).InclusiveBetween(-SettlementPolicy.MaxFen, 0).WithName("商家欠款下限（分）");
            RuleFor(r => r.Reason).NotEmpty().Length(2, 200).WithName("原因");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/settlement-policies", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Treasurer)
            .WithName("setSettlementPolicy").WithSummary("设置对账规则");
        community.MapGet("/settlement-policies/current", async (PhoenixDb db, CancellationToken cancel) =>
            {
                var p = await SettlementPolicy.Current(db, cancel);
                return TypedResults.Ok(new Current(p.Version, new Terms(p.ConfirmWithinDays, p.IsSilenceConsent, p.AnswerWithinDays, p.SecondCheckFromFen, p.ReceivableFloorFen)));
            })
            .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor)
            .WithName("getSettlementPolicy").WithSummary("对账规则");
    }

    /// <summary>Does it.</summary>
    public sealed class Handler(UnitOfWork work, IApprovals approvals)
    {
        /// <summary>The proposal, or <see cref="AlreadyProposed"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var summary = string.Create(
                CultureInfo.InvariantCulture,
                $"对账规则：{body.ConfirmWithinDays} 个工作日内确认，{(body.IsSilenceConsent ? "到期未答视为确认" : "到期未答不算确认")}，{body.AnswerWithinDays} 个工作日内答复，{Yuan.Of(body.SecondCheckFromFen)} 元起双人复核，欠款下限 {Yuan.Of(body.ReceivableFloorFen)} 元");
            var proposed = await approvals.Propose(
                new ApprovalDraft(Approved.Name, "settlement:policy", summary, JsonSerializer.Serialize(body, PhoenixJson.Options), Role.Staff, caller.PersonId, null, body.Reason), cancel);
            return proposed.TryGet(out var id, out var error) ? new Response(id) : error;
        }, cancel);
    }

    /// <summary>Adds the version that the second person approved.</summary>
    internal sealed class Approved(PhoenixDb db, Clock clock) : IApprovalKind
    {
        public const string Name = "settlement.policy";

        public string Kind => Name;

        public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            var policy = JsonSerializer.Deserialize<Request>(payload, PhoenixJson.Options)!;
            await db.LockCommunity(cancel);
            var newest = await db.Set<SettlementPolicy>().MaxAsync(p => (int?)p.Version, cancel) ?? 0;
            db.Add(new SettlementPolicy
            {
                CommunityId = db.Scope.CommunityId,
                Version = newest + 1,
                ConfirmWithinDays = policy.ConfirmWithinDays,
                IsSilenceConsent = policy.IsSilenceConsent,
                AnswerWithinDays = policy.AnswerWithinDays,
                SecondCheckFromFen = policy.SecondCheckFromFen,
                ReceivableFloorFen = policy.ReceivableFloorFen,
                MakerId = maker,
                CreatedAt = clock.Now,
            });
            return null;
        }
    }
}
