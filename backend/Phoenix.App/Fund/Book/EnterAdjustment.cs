using FluentValidation;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Book;

/// <summary>Money came into the fund or left it otherwise than by a receipt or a payout: interest, a bank's fee. With a reason and a picture; another person posts it.</summary>
public static class EnterAdjustment
{
    /// <summary>The adjustment.</summary>
    /// <param name="AmountFen">In fen: above zero came in, below zero left; never 0.</param>
    /// <param name="Reason">Why, 2 to 200 characters.</param>
    /// <param name="FileId">What shows it: one of the community's files.</param>
    public sealed record Request(long AmountFen, string Reason, Guid FileId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>An amount and a reason.</summary>
        public Limits()
        {
            RuleFor(r => r.AmountFen).InclusiveBetween(-FundContribution.MaxFen, FundContribution.MaxFen).NotEqual(0).WithName("金额");
            RuleFor(r => r.Reason).NotEmpty().Length(2, FundEntry.MaxReasonLength).WithName("原因");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/fund/adjustments", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Treasurer, Role.Staff)
        .WithName("enterAdjustment").WithSummary("登记基金调整");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, EntryDesk desk, FundBook book, IIds ids, Clock clock)
    {
        /// <summary>The proposal, or <see cref="FundCashShort"/>, <see cref="EvidenceMissing"/>.</summary>
        public Task<Result<EntryProposed>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<EntryProposed>(requestId, async () =>
        {
            var cash = await book.CashFen(cancel);
            if (body.AmountFen < 0 && cash < -body.AmountFen)
                return new FundCashShort(cash);
            var (id, isIn, reason) = (ids.New(), body.AmountFen > 0, body.Reason.Trim());
            return await desk.Propose(
                id, $"fund:adjustment:{id:N}", Shorten($"基金{(isIn ? "调增" : "调减")} {Yuan.Of(Math.Abs(body.AmountFen))} 元：{reason}"), body.FileId, caller,
                approval => new FundEntry
                {
                    CommunityId = db.Scope.CommunityId,
                    Id = id,
                    Kind = isIn ? FundEntryKind.AdjustmentIn : FundEntryKind.AdjustmentOut,
                    AmountFen = Math.Abs(body.AmountFen),
                    Reason = reason,
                    FileId = body.FileId,
                    MakerId = caller.PersonId,
                    ApprovalId = approval,
                    CreatedAt = clock.Now,
                },
                cancel);
        }, cancel);
    }

    // A summary for the checker; the whole reason stands in the entry.
    internal static string Shorten(string summary)
    {
        if (summary.Length <= FundEntry.MaxReasonLength)
            return summary;
        var cut = FundEntry.MaxReasonLength - 1;
        return summary[..(char.IsHighSurrogate(summary[cut - 1]) ? cut - 1 : cut)] + "…";
    }
}
