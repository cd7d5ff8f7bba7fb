using Microsoft.AspNetCore.Mvc;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping.Coins;

/// <summary>A member sees their coins: how many, until when, and whether something is paused.</summary>
public static class GetCoins
{
    /// <summary>Coins that end on one day.</summary>
    /// <param name="Amount">How many (枚).</param>
    /// <param name="ExpiresOn">The last day on which they can be used.</param>
    public sealed record Lot(long Amount, DateOnly ExpiresOn);

    /// <summary>What a member has.</summary>
    /// <param name="Available">Coins that can be used today.</param>
    /// <param name="Held">Coins set aside (留着).</param>
    /// <param name="Lots">What is available, by its last day, earliest first.</param>
    /// <param name="Version">Who polls sends it again as <c>seen</c>: the answer may then be up to a minute old, but never older than this one. Without it the answer is of now.</param>
    /// <param name="IssuePaused">Why no coins are given out at present; null when they are.</param>
    /// <param name="RedeemPaused">Why nothing can be exchanged at present; null when it can.</param>
    public sealed record Response(long Available, long Held, IReadOnlyList<Lot> Lots, long Version, string? IssuePaused, string? RedeemPaused);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/coins", (
            [FromQuery] long? seen, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(seen, caller, cancel).ToHttp())
        .RequireRole(Role.Member)
        .WithName("getCoins").WithSummary("我的凤凰币");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, CoinHolders holders, LedgerReads reads, ICommunityCalendar calendar, CoinPauses pauses, Clock clock)
    {
        /// <summary>The coins, or <see cref="NoMembership"/>.</summary>
        public async Task<Result<Response>> Run(long? seen, Caller caller, CancellationToken cancel)
        {
            if (await holders.MemberOf(caller.PersonId, cancel) is not { } member)
                return new NoMembership();
            // What is near may be a minute old: it answers only who polls and says what they have seen.
            var coins = seen is { } atLeast ? await reads.Coins(db.Scope.CommunityId, member, Asset.Coin, atLeast, cancel) : await reads.CoinsNow(db.Scope.CommunityId, member, Asset.Coin, cancel);
            var today = calendar.Time.DayOf(clock.Now);
            var lots = coins.Lots.Where(l => l.ExpiresOn >= today).Select(l => new Lot(l.Amount, l.ExpiresOn)).ToList();
            var (issue, redeem) = await pauses.Now(cancel);
            return new Response(lots.Sum(l => l.Amount), coins.Held, lots, coins.Version, issue, redeem);
        }
    }
}
