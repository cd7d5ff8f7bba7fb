using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Markets;

/// <summary>Staff approve an application, which gives the stall its number, or refuse it with a reason; never their own or their family's.</summary>
public static class DecideStall
{
    /// <summary>The decision.</summary>
    /// <param name="Approve">Whether it may come.</param>
    /// <param name="Reason">Needed for a refusal, 2 to 200 characters.</param>
    public sealed record Request(bool Approve, string? Reason = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A refusal says why.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().MinimumLength(2).When(r => !r.Approve).MaximumLength(Market.MaxNoteLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/staff/stalls/{id:guid}/decision", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker).WithName("decideStall").WithSummary("审核摊位申请");

    /// <summary>Does it.</summary>
    internal sealed class Handler(
        PhoenixDb db, UnitOfWork work, StallDesk desk, MarketBook book, StaffStalls.Reader reader, INotifications notifications, IAuditLog audit, Clock clock)
    {
        /// <summary>
        /// The stall as decided, or <see cref="UnknownStall"/>, <see cref="StallDecided"/>, <see cref="MarketFinished"/>, <see cref="OwnStall"/>, <see cref="MarketFull"/>,
        /// or why adult and child may not stand there any more.
        /// </summary>
        public Task<Result<StaffStalls.Item>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<StaffStalls.Item>(requestId, async () =>
        {
            if (!(await desk.Find(id, cancel)).TryGet(out var found, out var error))
                return error;
            var (stall, market) = found;
            if (stall.State != StallState.Applied)
                return new StallDecided();
            if (market.State != MarketState.Open)
                return new MarketFinished();
            if (await desk.IsOwn(stall, caller.PersonId, cancel))
                return new OwnStall();
            if (body.Approve && await Admit(stall, market, cancel) is { } refusal)
                return refusal;
            (stall.State, stall.DecidedBy, stall.DecidedAt, stall.Reason) = (body.Approve ? StallState.Approved : StallState.Refused, caller.PersonId, clock.Now, body.Reason?.Trim());
            audit.Write(body.Approve ? "stall.approved" : "stall.refused", $"stall:{id:N}", stall.ChildId, stall.Reason);
            await notifications.Tell(new Notice(stall.AdultId, $"stall-answered:{id:N}", new StallAnswered(market.Title, stall.Title, stall.Number, stall.Reason), StallPages.Of(market.Id)), cancel);
            return (await reader.Show([stall], caller.PersonId, market.Id, cancel))[0];
        }, cancel);

        private async Task<Error?> Admit(MarketStall stall, Market market, CancellationToken cancel)
        {
            if (await desk.MayStand(stall.AdultId, stall.ChildId, market, cancel) is { } refusal)
                return refusal;
            if (await book.Approved(market.Id).CountAsync(cancel) >= market.MaxStalls)
                return new MarketFull();
            stall.Number = 1 + (await db.Set<MarketStall>().Where(s => s.MarketId == market.Id).MaxAsync(s => s.Number, cancel) ?? 0);
            return null;
        }
    }
}
