using System.Globalization;
using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.Ledger;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping.Coins;

/// <summary>延期: staff propose that all coins which end on a day get a later one; the treasurer decides; nobody's coins are left out.</summary>
public static class ExtendCoins
{
    /// <summary>Which coins, until when, why.</summary>
    /// <param name="From">The last day that they have: today or later.</param>
    /// <param name="To">The last day that they get.</param>
    /// <param name="Reason">As members read it; 2 to 100 characters.</param>
    public sealed record Request(DateOnly From, DateOnly To, string Reason);

    /// <summary>What waits.</summary>
    /// <param name="ApprovalId">The proposal that the treasurer decides.</param>
    public sealed record Response(Guid ApprovalId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, ExtensionOrder.MaxReasonLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/coins/extensions", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("extendCoins").WithSummary("提议延长到期日");

    // What is decided at the last minute could not be carried out before the coins are over.
    private static Error? Check(DateOnly from, DateOnly to, DateTimeOffset now, CommunityTime time) =>
        now + ExtensionOrder.LeadTime > time.EndOf(from) || to <= from || to > time.DayOf(now).AddDays(ExtensionOrder.MaxDaysAhead) ? new ExtensionDatesBad() : null;

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IApprovals approvals, LedgerReads reads, ICommunityCalendar calendar, Clock clock)
    {
        /// <summary>The proposal, or <see cref="ExtensionDatesBad"/>, <see cref="NothingToExtend"/>, <see cref="AlreadyProposed"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (Check(body.From, body.To, clock.Now, calendar.Time) is { } wrong)
                return wrong;
            if ((await reads.LotsEnding(db.Scope.CommunityId, body.From, body.From, null, 1, cancel)).Count == 0)
                return new NothingToExtend();
            var summary = string.Create(CultureInfo.InvariantCulture, $"{body.From:yyyy-MM-dd} 到期的凤凰币，全部延到 {body.To:yyyy-MM-dd}：{body.Reason}");
            var draft = new ApprovalDraft(
                Approved.Name, string.Create(CultureInfo.InvariantCulture, $"coins:{body.From:yyyyMMdd}"), summary, JsonSerializer.Serialize(body, PhoenixJson.Options), Role.Treasurer, caller.PersonId, null, body.Reason);
            return (await approvals.Propose(draft, cancel)).TryGet(out var id, out var error) ? new Response(id) : error;
        }, cancel);
    }

    /// <summary>Orders what the treasurer approved; <see cref="Sweep"/> carries it out.</summary>
    internal sealed class Approved(PhoenixDb db, ICommunityCalendar calendar, IIds ids, Clock clock) : IApprovalKind
    {
        public const string Name = "coins.extend";

        public string Kind => Name;

        public Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            var body = JsonSerializer.Deserialize<Request>(payload, PhoenixJson.Options)!;
            if (Check(body.From, body.To, clock.Now, calendar.Time) is { } wrong)
                return Task.FromResult<Error?>(wrong);
            db.Add(new ExtensionOrder { CommunityId = db.Scope.CommunityId, Id = ids.New(), From = body.From, To = body.To, Reason = body.Reason, ApprovedAt = clock.Now });
            return Task.FromResult<Error?>(null);
        }
    }

    /// <summary>
    /// Extends lot by lot until none is left. A lot's request id is made of its last posting, so the same coins are extended once; coins that come back
    /// to the day while it isn't over are extended too.
    /// </summary>
    public sealed class Sweep(LedgerReads reads, LedgerPoster poster, Clock clock, ICommunities communities) : ISweep
    {
        /// <summary>Lots read at once.</summary>
        public const int BatchSize = 200;

        /// <inheritdoc />
        public string Name => "coins.extend";

        /// <inheritdoc />
        public string Cron => "* * * * *";

        /// <inheritdoc />
        public Task Run(CancellationToken cancel) => communities.Each(async (services, community) =>
        {
            var db = services.GetRequiredService<PhoenixDb>();
            var today = CommunityTime.Shanghai.DayOf(clock.Now);
            foreach (var order in await db.Set<ExtensionOrder>().Where(o => o.DoneAt == null).OrderBy(o => o.Id).ToListAsync(cancel))
            {
                if (order.From >= today)
                    await Postings.UntilNoneIsDue(poster, () => Due(community, order, cancel), cancel);
                else
                    order.DoneAt = clock.Now;
            }

            await db.SaveChangesAsync(cancel);
        }, cancel);

        private async Task<IReadOnlyList<LedgerRequest>> Due(int community, ExtensionOrder order, CancellationToken cancel) =>
        [
            .. (await reads.LotsEnding(community, order.From, order.From, null, BatchSize, cancel)).Select(l => new LedgerRequest(
                community, RequestIds.Of(community, $"extend:{order.Id:N}:{l.Lot.Owner:N}:{l.Seq}"), Guid.Empty, Name,
                new ExtendLot(l.Lot, order.To) { Ref = $"extension:{order.Id:N}", Rule = "committee/1", Reason = order.Reason })),
        ];
    }
}
