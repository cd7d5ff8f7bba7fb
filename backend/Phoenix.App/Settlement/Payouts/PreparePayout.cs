using System.Globalization;
using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement.Payouts;

/// <summary>拨付申请: the treasurer puts confirmed statements together; lines in doubt move out, the rest is fixed. A member of staff approves, two from an amount on.</summary>
public static class PreparePayout
{
    /// <summary>What is to be paid by whom.</summary>
    /// <param name="Statements">1 to <see cref="Payout.MaxItems"/>.</param>
    /// <param name="Payer">Who pays, 2 to 60 characters.</param>
    public sealed record Request(IReadOnlyList<Guid> Statements, string Payer);

    /// <summary>What came of it.</summary>
    /// <param name="Id">The payout.</param>
    /// <param name="Name">As it is printed.</param>
    /// <param name="Fen">What is applied for, in fen.</param>
    /// <param name="ApprovalId">The proposal that waits.</param>
    /// <param name="NeedsSecondCheck">Whether two approve it.</param>
    public sealed record Response(Guid Id, string Name, long Fen, Guid ApprovalId, bool NeedsSecondCheck);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Some statements, each once, and a name.</summary>
        public Limits()
        {
            RuleFor(r => r.Statements).NotEmpty().Must(s => s is null || (s.Count <= Payout.MaxItems && s.Distinct().Count() == s.Count)).WithName("对账单");
            RuleFor(r => r.Payer).NotEmpty().Length(2, Payout.MaxTextLength).WithName("拨付单位");
        }
    }

    /// <summary>What a proposal carries.</summary>
    internal sealed record Payload(Guid PayoutId, bool NeedsSecondCheck);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/payouts", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Treasurer)
        .WithName("preparePayout").WithSummary("编制拨付申请");

    /// <summary>Does it.</summary>
    public sealed class Handler(
        PhoenixDb db, UnitOfWork work, StatementDesk desk, DoubtBook doubts, IMerchantDirectory merchants, IMerchantPayees payees, IApprovals approvals, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>The payout, or <see cref="UnknownStatement"/>, <see cref="OwnSettlement"/>, <see cref="StatementNotPayable"/>, <see cref="PayeeMissing"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            var statements = await db.Set<Statement>().Where(s => body.Statements.Contains(s.Id)).OrderBy(s => s.Period).ThenBy(s => s.MerchantId).ToListAsync(cancel);
            if (statements.Count != body.Statements.Count)
                return new UnknownStatement();
            var shops = statements.Select(s => s.MerchantId).Distinct().ToList();
            if (await desk.IsOwn(caller.PersonId, shops, cancel))
                return new OwnSettlement();
            if (!statements.TrueForAll(IsReady) || await db.Set<PayoutItem>().AnyAsync(i => body.Statements.Contains(i.StatementId) && (i.State == PaymentState.Waiting || i.State == PaymentState.Paid), cancel))
                return new StatementNotPayable();
            var accounts = await payees.Confirmed(shops, cancel);
            if (shops.Find(m => !accounts.ContainsKey(m)) is var without && without != Guid.Empty)
                return new PayeeMissing((await merchants.Of([without], cancel))[without].Name);
            foreach (var statement in statements)
                await Fix(statement, cancel);
            if (statements.Exists(s => s.FinalFen <= 0 && s.FinalCoins <= 0))
                return new StatementNotPayable();
            return await Add(body, statements, accounts, caller, cancel);
        }, cancel);

        private static bool IsReady(Statement s) =>
            s.State is StatementState.Confirmed or StatementState.Resolved or StatementState.Approved || s is { State: StatementState.Disputed, ConfirmedAt: not null };

        // What is in doubt now moves out, for good: the payer is asked for the rest.
        private async Task Fix(Statement statement, CancellationToken cancel)
        {
            await doubts.Refresh([statement.MerchantId], cancel);
            await doubts.KeepOut([statement.MerchantId], [statement.Id], cancel);
            foreach (var dispute in await db.Set<LineDispute>().Where(d => d.StatementId == statement.Id && d.State == DoubtState.Open && d.MovedAt == null).ToListAsync(cancel))
                dispute.MovedAt = clock.Now;
            await db.SaveChangesAsync(cancel);
            var (coins, fen, _) = await doubts.Out(statement.Id, cancel);
            (statement.FinalCoins, statement.FinalFen, statement.Revision) = (statement.TotalCoins - coins, statement.TotalFen - fen, statement.Revision + 1);
        }

        private async Task<Result<Response>> Add(Request body, List<Statement> statements, IReadOnlyDictionary<Guid, Guid> accounts, Caller caller, CancellationToken cancel)
        {
            var (id, fen) = (ids.New(), statements.Sum(s => Math.Max(0, s.FinalFen!.Value)));
            var needsSecond = fen >= (await SettlementPolicy.Current(db, cancel)).SecondCheckFromFen;
            var number = 1 + (await db.Set<Payout>().MaxAsync(p => (int?)p.Number, cancel) ?? 0);
            var payout = new Payout
            {
                CommunityId = db.Scope.CommunityId,
                Id = id,
                Number = number,
                Payer = body.Payer.Trim(),
                Coins = statements.Sum(s => Math.Max(0, s.FinalCoins!.Value)),
                Fen = fen,
                MakerId = caller.PersonId,
                KeeperId = caller.PersonId,
                PreparedAt = clock.Now,
            };
            var proposed = await approvals.Propose(DraftOf(payout, statements.Count, needsSecond, isSecond: false), cancel);
            if (!proposed.TryGet(out var approval, out var error))
                return error;
            payout.ApprovalId = approval;
            db.Add(payout);
            db.AddRange(statements.Select(s => new PayoutItem
            {
                CommunityId = s.CommunityId,
                PayoutId = id,
                StatementId = s.Id,
                MerchantId = s.MerchantId,
                PayeeId = accounts[s.MerchantId],
                Coins = s.FinalCoins!.Value,
                Fen = Math.Max(0, s.FinalFen!.Value),
            }));
            audit.Write("payout.prepared", $"payout:{id:N}");
            return new Response(id, payout.Name, fen, approval, needsSecond);
        }
    }

    private static ApprovalDraft DraftOf(Payout payout, int count, bool needsSecond, bool isSecond) => new(
        Approved.Name, $"payout:{payout.Id:N}",
        string.Create(CultureInfo.InvariantCulture, $"{payout.Name} 拨付申请：{count} 张对账单，共 {Yuan.Of(payout.Fen)} 元{(isSecond ? "（第二人复核）" : "")}"),
        JsonSerializer.Serialize(new Payload(payout.Id, needsSecond && !isSecond), PhoenixJson.Options), Role.Staff, payout.MakerId, null, null);

    /// <summary>Carries out what was approved: the first time of two it asks the second.</summary>
    internal sealed class Approved(PhoenixDb db, IApprovals approvals, StatementDesk desk, IAuditLog audit, Clock clock) : IApprovalKind
    {
        public const string Name = "settlement.payout";

        public string Kind => Name;

        public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            var (id, needsSecond) = JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!;
            var payout = await db.Set<Payout>().SingleAsync(p => p.Id == id, cancel);
            if (payout.State != PayoutState.Prepared)
                return new PayoutNotThere();
            var checker = await approvals.CheckerOf(payout.ApprovalId, cancel);
            var items = await db.Set<PayoutItem>().Where(i => i.PayoutId == id).Select(i => i.StatementId).ToListAsync(cancel);
            if (needsSecond)
            {
                payout.FirstCheckerId = checker;
                var proposed = await approvals.Propose(DraftOf(payout, items.Count, needsSecond: true, isSecond: true), cancel);
                if (!proposed.TryGet(out var second, out var error))
                    return error;
                payout.ApprovalId = second;
                return null;
            }

            (payout.State, payout.CheckerId, payout.ApprovedAt) = (PayoutState.Approved, checker, clock.Now);
            foreach (var statement in await db.Set<Statement>().Where(s => items.Contains(s.Id)).ToListAsync(cancel))
                (statement.State, statement.Revision) = (StatementState.Approved, statement.Revision + 1);
            audit.Write("payout.approved", $"payout:{id:N}");
            return null;
        }

        /// <summary>Who belongs to a merchant in it, who takes care of it, and who approved it first.</summary>
        public async Task<bool> IsFor(string payload, Guid personId, CancellationToken cancel)
        {
            var id = JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!.PayoutId;
            var payout = await db.Set<Payout>().AsNoTracking().SingleAsync(p => p.Id == id, cancel);
            var shops = await db.Set<PayoutItem>().Where(i => i.PayoutId == id).Select(i => i.MerchantId).ToListAsync(cancel);
            return payout.FirstCheckerId == personId || payout.KeeperId == personId || await desk.IsOwn(personId, shops, cancel);
        }
    }
}
