using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Markets;

/// <summary>Staff open a market to applications, close it once it has begun, or call it off with a reason.</summary>
public static class MoveMarket
{
    /// <summary>Why.</summary>
    /// <param name="Reason">2 to 200 characters; stallholders read it.</param>
    public sealed record CancelRequest(string Reason);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<CancelRequest>
    {
        /// <summary>A reason.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, Market.MaxNoteLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/staff/markets/{id:guid}/opening", (Guid id, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Open(id, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("openMarket").WithSummary("开放摊位申请");
        community.MapPost("/staff/markets/{id:guid}/closing", (Guid id, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Close(id, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("closeMarket").WithSummary("收摊");
        community.MapPost("/staff/markets/{id:guid}/cancellation", (Guid id, CancelRequest body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Cancel(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("cancelMarket").WithSummary("取消集市");
    }

    /// <summary>Does it. What is so already is answered as it is.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, StaffMarkets.Reader reader, INotifications notifications, IAuditLog audit, Clock clock)
    {
        /// <summary>The open market, or <see cref="UnknownMarket"/>, <see cref="MarketFinished"/>, <see cref="MarketTextHeld"/>, <see cref="MarketTimesBad"/>.</summary>
        public Task<Result<StaffMarkets.Detail>> Open(Guid id, RequestId requestId, CancellationToken cancel) => Move(id, requestId, market => market switch
        {
            { State: MarketState.Open } => null,
            { State: not MarketState.Draft } => new MarketFinished(),
            { IsTextHeld: true } => new MarketTextHeld(),
            _ when market.StartsAt <= clock.Now => new MarketTimesBad(),
            _ => To(market, MarketState.Open),
        }, cancel);

        /// <summary>The closed market, or <see cref="UnknownMarket"/>, <see cref="MarketFinished"/>, <see cref="MarketNotBegun"/>.</summary>
        public Task<Result<StaffMarkets.Detail>> Close(Guid id, RequestId requestId, CancellationToken cancel) => Move(id, requestId, market => market switch
        {
            { State: MarketState.Closed } => null,
            { State: MarketState.Draft } => new MarketNotBegun(),
            { State: not MarketState.Open } => new MarketFinished(),
            _ when market.StartsAt > clock.Now => new MarketNotBegun(),
            _ => To(market, MarketState.Closed),
        }, cancel);

        /// <summary>The cancelled market, of which every stallholder was told, or <see cref="UnknownMarket"/>, <see cref="MarketFinished"/>.</summary>
        public Task<Result<StaffMarkets.Detail>> Cancel(Guid id, CancelRequest body, RequestId requestId, CancellationToken cancel) => work.Once<StaffMarkets.Detail>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Market>().FirstOrDefaultAsync(m => m.Id == id, cancel) is not { } market)
                return new UnknownMarket();
            if (market.State is not (MarketState.Draft or MarketState.Open))
                return new MarketFinished();
            var holders = await db.Set<MarketStall>().Where(s => s.MarketId == id && (s.State == StallState.Applied || s.State == StallState.Approved)).Select(s => s.AdultId).Distinct().ToListAsync(cancel);
            (market.Note, market.FinishedAt) = (body.Reason.Trim(), clock.Now);
            To(market, MarketState.Cancelled);
            foreach (var batch in holders.Chunk(NoticeLimits.Batch))
                await notifications.TellAll([.. batch.Select(h => new Notice(h, $"market-cancelled:{id:N}", new MarketCancelled(market.Title, market.StartsAt, market.Note), StallPages.Of(id)))], cancel);
            return await reader.Show(market, cancel);
        }, cancel);

        private Task<Result<StaffMarkets.Detail>> Move(Guid id, RequestId requestId, Func<Market, Error?> change, CancellationToken cancel) => work.Once<StaffMarkets.Detail>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Market>().FirstOrDefaultAsync(m => m.Id == id, cancel) is not { } market)
                return new UnknownMarket();
            return change(market) is { } refusal ? refusal : await reader.Show(market, cancel);
        }, cancel);

        private Error? To(Market market, MarketState state)
        {
            market.State = state;
            market.Version++;
            audit.Write($"market.{state.ToString().ToLowerInvariant()}", $"market:{market.Id:N}");
            return null;
        }
    }
}

/// <summary>Pages of the mini program that open a market or a stall.</summary>
internal static class StallPages
{
    public static string Of(Guid market) => $"pages/market/market?id={market}";
}

/// <summary>Every fifteen minutes: a market that is over is closed, so that its stalls can declare what they took. One statement, so two nodes do it once.</summary>
internal sealed class CloseMarkets(ICommunities communities, Clock clock) : ISweep
{
    public string Name => "markets.close";

    public string Cron => "*/15 * * * *";

    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var now = clock.Now;
        await services.GetRequiredService<PhoenixDb>().Set<Market>().Where(m => m.State == MarketState.Open && m.EndsAt <= now)
            .ExecuteUpdateAsync(u => u.SetProperty(m => m.State, MarketState.Closed).SetProperty(m => m.Version, m => m.Version + 1), cancel);
    }, cancel);
}
