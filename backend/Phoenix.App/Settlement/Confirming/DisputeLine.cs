using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Redemption;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement.Confirming;

/// <summary>The merchant's owner doubts a line until the named date, with a picture where there is one; both sides may go on talking about it.</summary>
public static class DisputeLine
{
    /// <summary>The doubt.</summary>
    /// <param name="Kind">The line's kind.</param>
    /// <param name="Seq">The line's number.</param>
    /// <param name="Text">What isn't right, 2 to 200 characters.</param>
    /// <param name="FileId">A picture that was uploaded; null for none.</param>
    public sealed record Request(LineKind Kind, long Seq, string Text, Guid? FileId = null);

    /// <summary>More about a doubt.</summary>
    /// <param name="Text">2 to 200 characters.</param>
    /// <param name="FileId">A picture that was uploaded; null for none.</param>
    public sealed record WordRequest(string Text, Guid? FileId = null);

    /// <summary>A doubt as it was taken.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="AnswerBy">By when staff answer.</param>
    public sealed record Response(Guid Id, DateOnly AnswerBy);

    /// <summary>A word as it was taken.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record WordResponse(Guid Id);

    /// <summary>The limits of a doubt.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A text.</summary>
        public Limits()
        {
            RuleFor(r => r.Kind).IsInEnum().WithName("类别");
            RuleFor(r => r.Text).NotEmpty().Length(2, LineDispute.MaxTextLength).WithName("说明");
        }
    }

    /// <summary>The limits of a word.</summary>
    public sealed class WordLimits : AbstractValidator<WordRequest>
    {
        /// <summary>A text.</summary>
        public WordLimits() => RuleFor(r => r.Text).NotEmpty().Length(2, LineDispute.MaxTextLength).WithName("内容");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/statements/{id:guid}/disputes", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Ask(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner)
            .WithName("disputeLine").WithSummary("对一笔有疑问");
        community.MapPost("/statements/disputes/{id:guid}/words", (Guid id, WordRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Say(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner, Role.Staff, Role.Treasurer)
            .WithName("sayOnDispute").WithSummary("接着说这笔疑问");
    }

    /// <summary>Does it.</summary>
    public sealed class Handler(
        PhoenixDb db, UnitOfWork work, StatementDesk desk, IMerchantDirectory merchants, IFileContents files, INotifications notifications, ICommunityCalendar calendar, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>The doubt, or <see cref="UnknownStatement"/>, <see cref="UnknownLine"/>, <see cref="StatementNotOpen"/>, <see cref="LineDisputed"/>, <see cref="TooManyDisputes"/>, <see cref="EvidenceUnknown"/>.</summary>
        public Task<Result<Response>> Ask(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!(await desk.FindOwn(id, caller, cancel)).TryGet(out var statement, out var error))
                return error;
            var today = calendar.Time.DayOf(clock.Now);
            if (statement.State is not (StatementState.Sent or StatementState.Disputed) || statement.ConfirmedAt is not null || statement.ConfirmBy < today)
                return new StatementNotOpen();
            if (await db.Set<StatementLine>().AsNoTracking().FirstOrDefaultAsync(l => l.StatementId == id && l.Kind == body.Kind && l.Seq == body.Seq, cancel) is not { } line)
                return new UnknownLine();
            var asked = await db.Set<LineDispute>().Where(d => d.StatementId == id && d.Source == DoubtSource.Merchant).Select(d => new { d.Kind, d.Seq }).ToListAsync(cancel);
            if (asked.Exists(d => d.Kind == body.Kind && d.Seq == body.Seq))
                return new LineDisputed();
            if (asked.Count >= LineDispute.MaxPerStatement)
                return new TooManyDisputes();
            if (body.FileId is { } file && await files.Read(file, cancel) is null)
                return new EvidenceUnknown();
            var policy = await SettlementPolicy.Of(statement, db, cancel);
            var answerBy = (await calendar.WorkingDays(today, today.AddDays(5 * SettlementPolicy.MaxConfirmDays), cancel)).Add(today, policy.AnswerWithinDays);
            var dispute = new LineDispute
            {
                CommunityId = db.Scope.CommunityId,
                Id = ids.New(),
                StatementId = id,
                Kind = line.Kind,
                Seq = line.Seq,
                MerchantId = statement.MerchantId,
                Source = DoubtSource.Merchant,
                Coins = line.Coins,
                Fen = line.Fen,
                AskedBy = caller.PersonId,
                AskedAt = clock.Now,
                AnswerBy = answerBy,
            };
            db.Add(dispute);
            Add(dispute.Id, caller, true, body.Text, body.FileId);
            (statement.State, statement.Revision) = (StatementState.Disputed, statement.Revision + 1);
            audit.Write("statement.line_disputed", $"statement:{id:N}");
            var name = (await merchants.Of([statement.MerchantId], cancel))[statement.MerchantId].Name;
            await notifications.TellHolders([Role.Staff, Role.Treasurer], [caller.PersonId], $"line-dispute:{dispute.Id:N}", new ApprovalWaiting($"{name}对账单有一笔疑问，请答复", name, clock.Now), $"packages/staff/statement/statement?id={id}", cancel);
            return new Response(dispute.Id, answerBy);
        }, cancel);

        /// <summary>The word, or <see cref="UnknownLineDispute"/>, <see cref="OwnSettlement"/>, <see cref="LineDisputeAnswered"/>, <see cref="TooManyWords"/>, <see cref="EvidenceUnknown"/>.</summary>
        public Task<Result<WordResponse>> Say(Guid id, WordRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<WordResponse>(requestId, async () =>
        {
            var dispute = await db.Set<LineDispute>().FirstOrDefaultAsync(d => d.Id == id && d.Source == DoubtSource.Merchant, cancel);
            var isMerchant = dispute is not null && await desk.IsOwn(caller.PersonId, [dispute.MerchantId], cancel);
            if (dispute is null || !(isMerchant || caller.Is(Role.Staff) || caller.Is(Role.Treasurer)))
                return new UnknownLineDispute();
            if (dispute.State != DoubtState.Open)
                return new LineDisputeAnswered();
            if (await db.Set<DisputeWord>().CountAsync(w => w.DisputeId == id, cancel) >= DisputeWord.MaxPerDispute)
                return new TooManyWords();
            if (body.FileId is { } file && await files.Read(file, cancel) is null)
                return new EvidenceUnknown();
            return new WordResponse(Add(id, caller, isMerchant, body.Text, body.FileId));
        }, cancel);

        private Guid Add(Guid dispute, Caller caller, bool isMerchant, string text, Guid? file)
        {
            var word = new DisputeWord
            {
                CommunityId = db.Scope.CommunityId,
                Id = ids.New(),
                DisputeId = dispute,
                SaidBy = caller.PersonId,
                IsMerchant = isMerchant,
                Text = text.Trim(),
                FileId = file,
                SaidAt = clock.Now,
            };
            db.Add(word);
            return word.Id;
        }
    }
}
