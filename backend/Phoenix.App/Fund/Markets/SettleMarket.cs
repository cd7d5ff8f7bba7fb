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

/// <summary>Staff settle a closed market: every stall has declared, and what was pledged has come by the charity's receipts, or a reason says why not. The stalls are thanked.</summary>
public static class SettleMarket
{
    /// <summary>The settlement.</summary>
    /// <param name="Note">Why less came than was pledged, 2 to 200 characters; null where it didn't.</param>
    public sealed record Request(string? Note = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A note.</summary>
        public Limits() => RuleFor(r => r.Note).MinimumLength(2).MaximumLength(Market.MaxNoteLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/staff/markets/{id:guid}/settlement", (
            Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker).WithName("settleMarket").WithSummary("结清集市");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, MarketBook book, StaffMarkets.Reader reader, INotifications notifications, IAuditLog audit, Clock clock)
    {
        /// <summary>The settled market, or <see cref="UnknownMarket"/>, <see cref="MarketNotClosed"/>, <see cref="TakingsMissing"/>, <see cref="PledgesShort"/>.</summary>
        public Task<Result<StaffMarkets.Detail>> Run(Guid id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<StaffMarkets.Detail>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Market>().FirstOrDefaultAsync(m => m.Id == id, cancel) is not { } market)
                return new UnknownMarket();
            if (market.State != MarketState.Closed)
                return new MarketNotClosed();
            var detail = await reader.Show(market, cancel);
            if (detail.Undeclared > 0)
                return new TakingsMissing(detail.Undeclared);
            if (detail.ReceivedFen < detail.PledgedFen && body.Note is null)
                return new PledgesShort(detail.PledgedFen, detail.ReceivedFen);
            (market.State, market.FinishedAt, market.Note) = (MarketState.Settled, clock.Now, body.Note?.Trim());
            market.Version++;
            audit.Write("market.settled", $"market:{id:N}", reason: market.Note);
            var stalls = await book.Approved(id).OrderBy(s => s.Number).Select(s => new { s.Id, s.AdultId, s.Title }).ToListAsync(cancel);
            await notifications.TellAll([.. stalls.Select(s => new Notice(s.AdultId, $"stall-thanked:{s.Id:N}", new StallThanked(market.Title, s.Title), StallPages.Of(id)))], cancel);
            return await reader.Show(market, cancel);
        }, cancel);
    }
}
