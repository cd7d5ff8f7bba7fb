using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund.Book;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Markets;

/// <summary>
/// After the market the adult, or staff for them, says what the stall took; the pledged part follows from it. No money passes here: it goes to the charity, and
/// the charity's receipt is entered into the fund's book (hard rule 10).
/// </summary>
public static class DeclareTakings
{
    /// <summary>What it took.</summary>
    /// <param name="TakingsFen">In fen, 0 to <see cref="MarketStall.MaxTakingsFen"/>.</param>
    /// <param name="PeopleServed">Of a 便民 booth, 0 to 10,000.</param>
    public sealed record Request(long TakingsFen, int? PeopleServed = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Numbers.</summary>
        public Limits()
        {
            RuleFor(r => r.TakingsFen).InclusiveBetween(0, MarketStall.MaxTakingsFen).WithName("收入");
            RuleFor(r => r.PeopleServed).InclusiveBetween(0, 10_000).WithName("服务人数");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPut("/stalls/{id:guid}/takings", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Member, Role.Staff, Role.SocialWorker).WithName("declareTakings").WithSummary("申报摊位收入");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, StallDesk desk, IApprovals approvals, MarketBook book, MyStalls.Reader reader, IAuditLog audit, Clock clock)
    {
        /// <summary>The stall, or <see cref="UnknownStall"/>, <see cref="MarketNotClosed"/>, <see cref="PeopleServedMismatch"/>, <see cref="StallReceiptThere"/>.</summary>
        public Task<Result<MyStalls.Item>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<MyStalls.Item>(requestId, async () =>
        {
            if (!(await desk.Find(id, cancel)).TryGet(out var found, out var error))
                return error;
            var (stall, market) = found;
            if (stall.State != StallState.Approved || (stall.AdultId != caller.PersonId && !caller.Is(Role.Staff) && !caller.Is(Role.SocialWorker)))
                return new UnknownStall();
            if (market.State != MarketState.Closed)
                return new MarketNotClosed();
            if ((stall.Kind == StallKind.Service) != (body.PeopleServed is not null))
                return new PeopleServedMismatch();
            var pending = approvals.Pending;
            if (await book.Received.AnyAsync(e => e.StallId == id, cancel) || await db.Set<FundEntry>().AnyAsync(e => e.StallId == id && e.PostingSeq == null && pending.Contains(e.ApprovalId), cancel))
                return new StallReceiptThere();
            (stall.TakingsFen, stall.PledgedFen) = (body.TakingsFen, body.TakingsFen * stall.PledgePercent / 100);
            (stall.PeopleServed, stall.DeclaredAt, stall.DeclaredBy) = (body.PeopleServed, clock.Now, caller.PersonId);
            audit.Write("stall.takings", $"stall:{id:N}");
            return await reader.Show(stall, market, cancel);
        }, cancel);
    }
}
