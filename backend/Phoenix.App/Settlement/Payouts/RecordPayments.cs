using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Redemption;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement.Payouts;

/// <summary>
/// The treasurer enters the payer's receipts: for each statement that was paid its coins go from the merchant's account to the settled ones and its fen leave
/// the fund's cash, in one transaction with the receipt; a payment that came back is entered with its reason, and its statement may be paid again.
/// </summary>
public static class RecordPayments
{
    /// <summary>What became of a payment.</summary>
    /// <param name="StatementId">Which.</param>
    /// <param name="IsPaid">Whether it was paid.</param>
    /// <param name="BankReference">The receipt's number where it was, 2 to 60 characters.</param>
    /// <param name="PaidOn">The receipt's day where it was.</param>
    /// <param name="Reason">Why it came back where it did, 2 to 60 characters.</param>
    public sealed record Payment(Guid StatementId, bool IsPaid, string? BankReference = null, DateOnly? PaidOn = null, string? Reason = null);

    /// <summary>What became of payments.</summary>
    /// <param name="Payments">1 to <see cref="Payout.MaxItems"/> of the payout.</param>
    public sealed record Request(IReadOnlyList<Payment> Payments);

    /// <summary>A payment as it was entered.</summary>
    /// <param name="StatementId">Which.</param>
    /// <param name="State">What became of it.</param>
    /// <param name="Fen">What was paid, in fen.</param>
    /// <param name="SettledCoins">Coins that were settled with it.</param>
    public sealed record Line(Guid StatementId, PaymentState State, long Fen, long SettledCoins);

    /// <summary>What came of it.</summary>
    /// <param name="Payments">As entered.</param>
    /// <param name="Waiting">How many payments of the payout still wait.</param>
    public sealed record Response(IReadOnlyList<Line> Payments, int Waiting);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Each statement once, with its receipt or its reason.</summary>
        public Limits()
        {
            RuleFor(r => r.Payments).NotEmpty().Must(p => p is null || (p.Count <= Payout.MaxItems && p.DistinctBy(x => x.StatementId).Count() == p.Count)).WithName("付款");
            RuleForEach(r => r.Payments).ChildRules(p =>
            {
                p.RuleFor(x => x.BankReference).NotEmpty().Length(2, Payout.MaxTextLength).When(x => x.IsPaid).WithName("回单号");
                p.RuleFor(x => x.PaidOn).NotNull().When(x => x.IsPaid).WithName("付款日期");
                p.RuleFor(x => x.Reason).NotEmpty().Length(2, Payout.MaxTextLength).When(x => !x.IsPaid).WithName("退票原因");
            });
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/payouts/{id:guid}/payments", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Treasurer)
        .WithName("recordPayments").WithSummary("登记付款回单或退票");

    /// <summary>Does it.</summary>
    public sealed class Handler(
        PhoenixDb db, UnitOfWork work, StatementDesk desk, LedgerPoster poster, IMerchantDirectory merchants, Identity.IPeople people, INotifications notifications, ICommunityCalendar calendar, IAuditLog audit, Clock clock)
    {
        /// <summary>As entered, or <see cref="UnknownPayout"/>, <see cref="OwnSettlement"/>, <see cref="PayoutNotThere"/>, <see cref="UnknownPayment"/>, <see cref="PaymentEnded"/>, <see cref="PaidOnBad"/>, <see cref="FundCashShort"/>.</summary>
        public Task<Result<Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Payout>().FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } payout)
                return new UnknownPayout();
            var items = await db.Set<PayoutItem>().Where(i => i.PayoutId == id).ToDictionaryAsync(i => i.StatementId, cancel);
            if (await desk.IsOwn(caller.PersonId, [.. items.Values.Select(i => i.MerchantId)], cancel))
                return new OwnSettlement();
            if (payout.State != PayoutState.Submitted)
                return new PayoutNotThere();
            if (Judge(body, items, payout) is { } refusal)
                return refusal;
            var statements = await db.Set<Statement>().Where(s => items.Keys.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
            foreach (var payment in body.Payments)
                Enter(payment, items[payment.StatementId], statements[payment.StatementId], caller);
            await db.SaveChangesAsync(cancel);
            var paid = body.Payments.Where(p => p.IsPaid).Select(p => items[p.StatementId]).ToList();
            if (paid.Count > 0 && await Post(payout, paid, statements, caller, cancel) is { } error)
                return error;
            audit.Write("payout.payments_recorded", $"payout:{id:N}");
            await Tell(paid, statements, cancel);
            return new Response([.. body.Payments.Select(p => items[p.StatementId]).Select(i => new Line(i.StatementId, i.State, i.Fen, i.SettledCoins))], items.Values.Count(i => i.State == PaymentState.Waiting));
        }, cancel);

        private Error? Judge(Request body, Dictionary<Guid, PayoutItem> items, Payout payout)
        {
            var (today, submitted) = (calendar.Time.DayOf(clock.Now), calendar.Time.DayOf(payout.SubmittedAt!.Value));
            foreach (var payment in body.Payments)
            {
                if (!items.TryGetValue(payment.StatementId, out var item))
                    return new UnknownPayment();
                if (item.State != PaymentState.Waiting)
                    return new PaymentEnded();
                if (payment.IsPaid && (payment.PaidOn > today || payment.PaidOn < submitted))
                    return new PaidOnBad();
            }

            return null;
        }

        private void Enter(Payment payment, PayoutItem item, Statement statement, Caller caller)
        {
            (item.RecordedAt, item.RecordedBy, statement.Revision) = (clock.Now, caller.PersonId, statement.Revision + 1);
            if (payment.IsPaid)
            {
                (item.State, item.BankReference, item.PaidOn) = (PaymentState.Paid, payment.BankReference!.Trim(), payment.PaidOn);
                (statement.State, statement.PaidAt) = (StatementState.Paid, clock.Now);
            }
            else
            {
                (item.State, item.FailReason) = (PaymentState.Failed, payment.Reason!.Trim());
                statement.State = StatementState.Approved;
            }
        }

        private async Task<Error?> Post(Payout payout, List<PayoutItem> paid, Dictionary<Guid, Statement> statements, Caller caller, CancellationToken cancel)
        {
            var actor = (await people.OfPersons([caller.PersonId], cancel)).GetValueOrDefault(caller.PersonId)?.MemberId ?? Guid.Empty;
            for (var isLast = false; ; isLast = true)
            {
                var requests = await Requests(payout, paid, statements, actor, cancel);
                if (requests.Count == 0)
                    return null;
                var posted = await poster.PostIn(db, [.. requests.Select(r => r.Request)], cancel);
                if (posted.TryGet(out var receipts, out var error))
                {
                    foreach (var ((item, coins, _), receipt) in requests.Zip(receipts))
                        (item.SettledCoins, item.PostingSeq, item.RecordedAt) = (coins, receipt.First.Seq, receipt.First.At);
                    return null;
                }

                if (error is not Insufficient)
                    return error;
                // The head is locked now: if coins went back since they were counted, counting once more decides; otherwise it is the fund that hasn't enough.
                if (isLast)
                    return new FundCashShort();
            }
        }

        private async Task<List<(PayoutItem Item, long Coins, LedgerRequest Request)>> Requests(Payout payout, List<PayoutItem> paid, Dictionary<Guid, Statement> statements, Guid actor, CancellationToken cancel)
        {
            var requests = new List<(PayoutItem, long, LedgerRequest)>();
            foreach (var of in paid.GroupBy(i => i.MerchantId))
            {
                var (due, has) = await Coins(of.Key, [.. of.Select(i => i.StatementId)], cancel);
                foreach (var item in of.OrderBy(i => statements[i.StatementId].Period))
                {
                    due += item.Coins;
                    var coins = Math.Max(0, Math.Min(due, has));
                    (due, has) = (due - coins, has - coins);
                    var commands = CommandsOf(payout, item, coins);
                    if (commands.Count > 0)
                        requests.Add((item, coins, new LedgerRequest(db.Scope.CommunityId, RequestIds.Of(db.Scope.CommunityId, $"settle:{item.StatementId:N}"), actor, "settlement.pay", commands)));
                }
            }

            return requests;
        }

        // Coins of settled statements that aren't settled yet, and what the merchant's account has. Coins that went back after their month, before it was paid,
        // are the account's no more: a later statement, which has them as lines, makes up for it.
        private async Task<(long Due, long Has)> Coins(Guid merchant, List<Guid> without, CancellationToken cancel)
        {
            var final = await db.Set<Statement>().Where(s => s.MerchantId == merchant && (s.State == StatementState.Paid || s.State == StatementState.Closed) && !without.Contains(s.Id)).SumAsync(s => s.FinalCoins ?? 0, cancel);
            var settled = await db.Set<PayoutItem>().Where(i => i.MerchantId == merchant && !without.Contains(i.StatementId)).SumAsync(i => i.SettledCoins, cancel);
            var has = await LedgerReads.BalanceAt(
                db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction(), db.Scope.CommunityId, AccountKey.Merchant(merchant), DateTimeOffset.MaxValue, cancel);
            return (final - settled, has);
        }

        // Linked postings, one for each asset: no posting has both.
        private static List<LedgerCommand> CommandsOf(Payout payout, PayoutItem item, long coins)
        {
            var commands = new List<LedgerCommand>();
            var (name, reason) = ($"statement:{item.StatementId:N}", $"{payout.Name}，回单 {item.BankReference}");
            if (coins > 0)
                commands.Add(new Move(PostingKind.Settle, AccountKey.Merchant(item.MerchantId), AccountKey.Of(AccountKind.Settled), coins) { Ref = name, Rule = "settlement/1", Reason = reason });
            if (item.Fen > 0)
                commands.Add(new Move(PostingKind.Transfer, AccountKey.Of(AccountKind.Cash, Asset.Fen), AccountKey.Of(AccountKind.External, Asset.Fen), item.Fen) { Ref = name, Rule = "settlement/1", Reason = reason });
            return commands;
        }

        private async Task Tell(List<PayoutItem> paid, Dictionary<Guid, Statement> statements, CancellationToken cancel)
        {
            var heads = await merchants.Of([.. paid.Select(i => i.MerchantId)], cancel);
            var notices = paid.SelectMany(i => heads[i.MerchantId].Owners.Select(owner =>
                new Notice(owner, $"statement-paid:{i.StatementId:N}", new PayoutMade(statements[i.StatementId].Month, i.PaidOn!.Value), Statement.PageOf(i.StatementId))));
            foreach (var some in notices.Chunk(NoticeLimits.Batch))
                await notifications.TellAll(some, cancel);
        }
    }
}
