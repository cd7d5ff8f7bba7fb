using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Book;

/// <summary>
/// An entry that was wrong is taken back whole by a reversal that names it (hard rule 2), and entered anew if need be; another person posts it. Where the
/// money is spent it is refused: the fund never falls below zero.
/// </summary>
public static class CorrectEntry
{
    /// <summary>Why.</summary>
    /// <param name="Reason">2 to 200 characters.</param>
    /// <param name="FileId">What shows it; null for none.</param>
    public sealed record Request(string Reason, Guid? FileId = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, FundEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>What is taken back.</summary>
    internal sealed record Taken(long AmountFen, long? PostingSeq, bool MayBe, string Reason);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/fund/entries/{id:guid}/correction", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Treasurer, Role.Staff)
        .WithName("correctFundEntry").WithSummary("冲正一笔基金账");

    /// <summary>An entry, or the opening money, by its id.</summary>
    internal static async Task<Taken?> Target(PhoenixDb db, Guid id, CancellationToken cancel) =>
        await db.Set<FundEntry>().Where(e => e.Id == id).Select(e => new Taken(e.AmountFen, e.PostingSeq, e.Kind != FundEntryKind.Correction, e.Reason)).FirstOrDefaultAsync(cancel)
        ?? await db.Set<FundContribution>().Where(c => c.Id == id).Select(c => new Taken(c.AmountFen, c.PostingSeq, true, c.Evidence)).FirstOrDefaultAsync(cancel);

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, EntryDesk desk, IIds ids, Clock clock)
    {
        /// <summary>The proposal, or <see cref="UnknownFundEntry"/>, <see cref="EntryNotPosted"/>, <see cref="EntryCorrected"/>, <see cref="EvidenceMissing"/>, <see cref="AlreadyProposed"/>.</summary>
        public Task<Result<EntryProposed>> Run(Guid targetId, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<EntryProposed>(requestId, async () =>
        {
            if (await Target(db, targetId, cancel) is not { } target)
                return new UnknownFundEntry();
            if (target.PostingSeq is null)
                return new EntryNotPosted();
            if (!target.MayBe || await db.Set<FundEntry>().AnyAsync(e => e.TargetId == targetId && e.PostingSeq != null, cancel))
                return new EntryCorrected();
            var id = ids.New();
            return await desk.Propose(
                id, $"fund:correction:{targetId:N}", EnterAdjustment.Shorten($"冲正 {Yuan.Of(target.AmountFen)} 元（{target.Reason}）：{body.Reason.Trim()}"), body.FileId, caller,
                approval => new FundEntry
                {
                    CommunityId = db.Scope.CommunityId,
                    Id = id,
                    Kind = FundEntryKind.Correction,
                    AmountFen = target.AmountFen,
                    Reason = body.Reason.Trim(),
                    TargetId = targetId,
                    FileId = body.FileId,
                    MakerId = caller.PersonId,
                    ApprovalId = approval,
                    CreatedAt = clock.Now,
                },
                cancel);
        }, cancel);
    }
}
