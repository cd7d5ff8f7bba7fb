using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Redemption;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement.Confirming;

/// <summary>Staff answer a merchant's doubt: the line stands, or a line of the next month puts right what was wrong. A line itself never changes.</summary>
public static class AnswerLineDispute
{
    /// <summary>The answer.</summary>
    /// <param name="Text">As the merchant reads it, 2 to 200 characters.</param>
    /// <param name="CorrectionFen">What the next month puts right, in fen; 0 where the line is right, below zero where it takes away.</param>
    public sealed record Request(string Text, long CorrectionFen = 0);

    /// <summary>What came of it.</summary>
    /// <param name="Id">The doubt.</param>
    /// <param name="State">What was answered.</param>
    /// <param name="StatementState">Where its statement stands.</param>
    public sealed record Response(Guid Id, DoubtState State, StatementState StatementState);

    /// <summary>The limits of an answer.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A text, and an amount that a statement may have.</summary>
        public Limits()
        {
            RuleFor(r => r.Text).NotEmpty().Length(2, LineDispute.MaxTextLength).WithName("答复");
            RuleFor(r => r.CorrectionFen).InclusiveBetween(-SettlementPolicy.MaxFen, SettlementPolicy.MaxFen).WithName("更正金额（分）");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/statements/disputes/{id:guid}/answer", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.Treasurer)
        .WithName("answerLineDispute").WithSummary("答复对账单疑问");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, StatementDesk desk, IMerchantDirectory merchants, INotifications notifications, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>The doubt as answered, or <see cref="UnknownLineDispute"/>, <see cref="LineDisputeAnswered"/>, <see cref="OwnSettlement"/>, <see cref="ReceivableTooLow"/>.</summary>
        public Task<Result<Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<LineDispute>().FirstOrDefaultAsync(d => d.Id == id && d.Source == DoubtSource.Merchant, cancel) is not { } dispute)
                return new UnknownLineDispute();
            if (dispute.State != DoubtState.Open)
                return new LineDisputeAnswered();
            if (await desk.IsOwn(caller.PersonId, [dispute.MerchantId], cancel))
                return new OwnSettlement();
            if (body.CorrectionFen < 0 && await Debt(dispute.MerchantId, cancel) + body.CorrectionFen < (await SettlementPolicy.Current(db, cancel)).ReceivableFloorFen)
                return new ReceivableTooLow();
            (dispute.State, dispute.CorrectionFen, dispute.AnsweredBy, dispute.AnsweredAt) = (body.CorrectionFen == 0 ? DoubtState.Stands : DoubtState.Corrected, body.CorrectionFen, caller.PersonId, clock.Now);
            db.Add(new DisputeWord
            {
                CommunityId = db.Scope.CommunityId,
                Id = ids.New(),
                DisputeId = id,
                SaidBy = caller.PersonId,
                Text = body.Text.Trim(),
                SaidAt = clock.Now,
            });
            audit.Write("statement.dispute_answered", $"statement:{dispute.StatementId:N}");
            await db.SaveChangesAsync(cancel);
            var statement = await db.Set<Statement>().SingleAsync(s => s.Id == dispute.StatementId, cancel);
            if (statement.State == StatementState.Disputed && !await db.Set<LineDispute>().AnyAsync(d => d.StatementId == statement.Id && d.Source == DoubtSource.Merchant && d.State == DoubtState.Open, cancel))
            {
                (statement.State, statement.Revision) = (StatementState.Resolved, statement.Revision + 1);
                await desk.CloseIfNothingToPay(statement, cancel);
            }

            foreach (var owner in (await merchants.Of([dispute.MerchantId], cancel))[dispute.MerchantId].Owners)
                await notifications.Tell(new Notice(owner, $"line-dispute-answered:{id:N}", new DisputeAnswered($"{statement.Month} 对账单", body.CorrectionFen != 0, body.Text.Trim(), clock.Now), Statement.PageOf(statement.Id)), cancel);
            return new Response(id, dispute.State, statement.State);
        }, cancel);

        // What the merchant is known to owe: debts and corrections that no statement has yet; below zero.
        private async Task<long> Debt(Guid merchant, CancellationToken cancel) =>
            await db.Set<Statement>().Where(s => s.MerchantId == merchant && s.FinalFen < 0 && s.DebtIn == null).SumAsync(s => s.FinalFen ?? 0, cancel)
            + await db.Set<LineDispute>().Where(d => d.MerchantId == merchant && d.CorrectionFen < 0 && d.CorrectedIn == null).SumAsync(d => d.CorrectionFen, cancel);
    }
}
