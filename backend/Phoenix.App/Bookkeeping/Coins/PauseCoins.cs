using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Ledger;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping.Coins;

/// <summary>暂停与恢复: staff stop or resume issuing or redeeming, each by itself and at once, with a reason that everybody is shown.</summary>
public static class PauseCoins
{
    /// <summary>What, and why.</summary>
    /// <param name="Flow">Issuing or Redeeming.</param>
    /// <param name="IsPause">True stops it, false resumes it.</param>
    /// <param name="Reason">Shown to everybody; 2 to 100 characters.</param>
    public sealed record Request(CoinFlow Flow, bool IsPause, string Reason);

    /// <summary>What is paused now.</summary>
    /// <param name="IssuePaused">The reason, or null.</param>
    /// <param name="RedeemPaused">The reason, or null.</param>
    public sealed record Response(string? IssuePaused, string? RedeemPaused);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Something known, for a reason.</summary>
        public Limits()
        {
            RuleFor(r => r.Flow).IsInEnum().WithName("暂停项目");
            RuleFor(r => r.Reason).NotEmpty().Length(2, CoinPause.MaxReasonLength).WithName("原因");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/coins/pauses", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("pauseCoins").WithSummary("暂停或恢复发放、兑换");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, LedgerReads reads, LedgerPoster poster, CoinPauses pauses, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>What is paused now, or <see cref="PauseUnchanged"/>, <see cref="BooksDisagree"/>.</summary>
        public async Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            var done = await work.Once<bool>(requestId, () => Change(body, requestId, caller, cancel), cancel);
            if (!done.TryGet(out _, out var error))
                return error;
            var (issue, redeem) = await pauses.Now(cancel);
            return new Response(issue, redeem);
        }

        private async Task<Result<bool>> Change(Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            var community = db.Scope.CommunityId;
            await db.LockCommunity(cancel);
            var policy = await reads.Policy(community, cancel) ?? throw new InvalidOperationException("The community has no journal.");
            if ((body.Flow == CoinFlow.Issuing ? policy.IssueFrozen : policy.RedeemFrozen) == body.IsPause)
                return new PauseUnchanged();
            if (!body.IsPause && await db.Set<BookCheckRow>().OrderByDescending(c => c.Date).Select(c => c.Fault).FirstOrDefaultAsync(cancel) is not null)
                return new BooksDisagree();
            var next = body.Flow == CoinFlow.Issuing ? policy with { IssueFrozen = body.IsPause } : policy with { RedeemFrozen = body.IsPause };
            db.Add(new CoinPause
            {
                CommunityId = community,
                Id = ids.New(),
                Flow = body.Flow,
                IsPause = body.IsPause,
                Reason = body.Reason,
                ActorId = caller.PersonId,
                At = clock.Now,
            });
            audit.Write(body.IsPause ? "coins.paused" : "coins.resumed", $"coins:{body.Flow}", reason: body.Reason);
            var command = new SetPolicy(next.IssueFrozen, next.RedeemFrozen, next.GraceDays) { Ref = $"pause:{body.Flow}", Rule = "staff/1", Reason = body.Reason };
            var posted = await poster.PostIn(db, [new LedgerRequest(community, requestId.Id, caller.PersonId, "coins.pause", command)], cancel);
            return posted.TryGet(out _, out var error) ? true : error;
        }
    }
}
