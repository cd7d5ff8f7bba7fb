using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement.Payouts;

/// <summary>The treasurer's way of a payout beside its payments: it goes to the payer, is closed when every payment has its end, or becomes void before it went; invoices and scans are noted.</summary>
public static class MovePayout
{
    /// <summary>Where the payout is now.</summary>
    /// <param name="Id">The payout.</param>
    /// <param name="State">Where it stands.</param>
    public sealed record Response(Guid Id, PayoutState State);

    /// <summary>Whether an invoice is there.</summary>
    /// <param name="State">Whether.</param>
    /// <param name="Number">Its number where it is; at most 60 characters.</param>
    public sealed record InvoiceRequest(InvoiceState State, string? Number = null);

    /// <summary>A scan.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="FileId">The picture that was uploaded.</param>
    /// <param name="StatementId">About which statement; null for the whole.</param>
    public sealed record PaperRequest(PaperKind Kind, Guid FileId, Guid? StatementId = null);

    /// <summary>A scan as it was taken.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record PaperResponse(Guid Id);

    /// <summary>The limits of an invoice.</summary>
    public sealed class InvoiceLimits : AbstractValidator<InvoiceRequest>
    {
        /// <summary>One that is there has a number.</summary>
        public InvoiceLimits()
        {
            RuleFor(r => r.State).IsInEnum().WithName("发票");
            RuleFor(r => r.Number).NotEmpty().When(r => r.State == InvoiceState.Received).MaximumLength(Payout.MaxTextLength).WithName("发票号码");
        }
    }

    /// <summary>The limits of a scan.</summary>
    public sealed class PaperLimits : AbstractValidator<PaperRequest>
    {
        /// <summary>A kind.</summary>
        public PaperLimits() => RuleFor(r => r.Kind).IsInEnum().WithName("类别");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        Step("submission", "submitPayout", "提交拨付单位", (handler, id, requestId, caller, cancel) => handler.Submit(id, requestId, caller, cancel));
        Step("closing", "closePayout", "结清拨付批次", (handler, id, requestId, caller, cancel) => handler.Close(id, requestId, caller, cancel));
        Step("voiding", "voidPayout", "作废拨付申请", (handler, id, requestId, caller, cancel) => handler.Void(id, requestId, caller, cancel));
        community.MapPut("/payouts/{id:guid}/payments/{statementId:guid}/invoice", (
                Guid id, Guid statementId, InvoiceRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Invoice(id, statementId, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Treasurer)
            .WithName("noteInvoice").WithSummary("登记发票");
        community.MapPost("/payouts/{id:guid}/papers", (Guid id, PaperRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Paper(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Treasurer)
            .WithName("addPayoutPaper").WithSummary("上传盖章件、回单或发票");

        void Step(string path, string name, string summary, Func<Handler, Guid, RequestId, Caller, CancellationToken, Task<Result<Response>>> run) => community
            .MapPost($"/payouts/{{id:guid}}/{path}", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => run(handler, id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Treasurer)
            .WithName(name).WithSummary(summary);
    }

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, StatementDesk desk, IFileContents files, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>The payout, or <see cref="UnknownPayout"/>, <see cref="OwnSettlement"/>, <see cref="PayoutNotThere"/>.</summary>
        public Task<Result<Response>> Submit(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => Step(id, "payout.submitted", requestId, caller, async payout =>
        {
            if (payout.State != PayoutState.Approved)
                return new PayoutNotThere();
            (payout.State, payout.SubmittedAt) = (PayoutState.Submitted, clock.Now);
            await Turn(id, StatementState.Approved, StatementState.InPayout, cancel);
            return null;
        }, cancel);

        /// <summary>As <see cref="Submit"/>, or <see cref="PaymentsOpen"/>.</summary>
        public Task<Result<Response>> Close(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => Step(id, "payout.closed", requestId, caller, async payout =>
        {
            if (payout.State != PayoutState.Submitted)
                return new PayoutNotThere();
            if (await db.Set<PayoutItem>().AnyAsync(i => i.PayoutId == id && i.State == PaymentState.Waiting, cancel))
                return new PaymentsOpen();
            (payout.State, payout.EndedAt) = (PayoutState.Closed, clock.Now);
            await Turn(id, StatementState.Paid, StatementState.Closed, cancel);
            return null;
        }, cancel);

        /// <summary>As <see cref="Submit"/>. Its statements may go into another payout.</summary>
        public Task<Result<Response>> Void(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => Step(id, "payout.voided", requestId, caller, async payout =>
        {
            if (payout.State is not (PayoutState.Prepared or PayoutState.Approved))
                return new PayoutNotThere();
            (payout.State, payout.EndedAt) = (PayoutState.Void, clock.Now);
            foreach (var item in await db.Set<PayoutItem>().Where(i => i.PayoutId == id).ToListAsync(cancel))
                item.State = PaymentState.Dropped;
            return null;
        }, cancel);

        /// <summary>As <see cref="Submit"/>, or <see cref="UnknownPayment"/>, <see cref="PaymentEnded"/>.</summary>
        public Task<Result<Response>> Invoice(Guid id, Guid statementId, InvoiceRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => Step(id, "payout.invoice_noted", requestId, caller, async payout =>
        {
            if (payout.State is PayoutState.Closed or PayoutState.Void)
                return new PayoutNotThere();
            if (await db.Set<PayoutItem>().FirstOrDefaultAsync(i => i.PayoutId == id && i.StatementId == statementId, cancel) is not { } item)
                return new UnknownPayment();
            if (item.State is PaymentState.Failed or PaymentState.Dropped)
                return new PaymentEnded();
            (item.Invoice, item.InvoiceNumber) = (body.State, body.State == InvoiceState.Received ? body.Number!.Trim() : null);
            return null;
        }, cancel);

        /// <summary>The scan, or <see cref="UnknownPayout"/>, <see cref="OwnSettlement"/>, <see cref="UnknownPayment"/>, <see cref="EvidenceUnknown"/>, <see cref="TooManyPapers"/>.</summary>
        public Task<Result<PaperResponse>> Paper(Guid id, PaperRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<PaperResponse>(requestId, async () =>
        {
            if (!(await Find(id, caller, cancel)).TryGet(out _, out var error))
                return error;
            if (body.StatementId is { } statement && !await db.Set<PayoutItem>().AnyAsync(i => i.PayoutId == id && i.StatementId == statement, cancel))
                return new UnknownPayment();
            if (await db.Set<PayoutPaper>().CountAsync(p => p.PayoutId == id, cancel) >= PayoutPaper.MaxPerPayout)
                return new TooManyPapers();
            if (await files.Read(body.FileId, cancel) is null)
                return new EvidenceUnknown();
            var paper = new PayoutPaper
            {
                CommunityId = db.Scope.CommunityId,
                Id = ids.New(),
                PayoutId = id,
                StatementId = body.StatementId,
                Kind = body.Kind,
                FileId = body.FileId,
                AddedBy = caller.PersonId,
                AddedAt = clock.Now,
            };
            db.Add(paper);
            audit.Write("payout.paper_added", $"payout:{id:N}");
            return new PaperResponse(paper.Id);
        }, cancel);

        private Task<Result<Response>> Step(Guid id, string action, RequestId requestId, Caller caller, Func<Payout, Task<Error?>> step, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!(await Find(id, caller, cancel)).TryGet(out var payout, out var error))
                return error;
            if (await step(payout) is { } refusal)
                return refusal;
            audit.Write(action, $"payout:{id:N}");
            return new Response(id, payout.State);
        }, cancel);

        private async Task<Result<Payout>> Find(Guid id, Caller caller, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Payout>().FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } payout)
                return new UnknownPayout();
            var shops = await db.Set<PayoutItem>().Where(i => i.PayoutId == id).Select(i => i.MerchantId).ToListAsync(cancel);
            return await desk.IsOwn(caller.PersonId, shops, cancel) ? new OwnSettlement() : payout;
        }

        private async Task Turn(Guid payout, StatementState from, StatementState to, CancellationToken cancel)
        {
            var statements = await db.Set<PayoutItem>().Where(i => i.PayoutId == payout).Select(i => i.StatementId).ToListAsync(cancel);
            foreach (var statement in await db.Set<Statement>().Where(s => statements.Contains(s.Id) && s.State == from).ToListAsync(cancel))
            {
                (statement.State, statement.Revision) = (to, statement.Revision + 1);
                if (to == StatementState.Closed)
                    statement.ClosedAt = clock.Now;
            }
        }
    }
}
