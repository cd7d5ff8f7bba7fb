using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping.Coins;

/// <summary>“Why do I have these coins?”: for every coin now there, what brought it, by which rule, and until when it can be used.</summary>
public static class ExplainCoins
{
    /// <summary>Coins with one origin.</summary>
    /// <param name="Amount">How many.</param>
    /// <param name="Why">A sentence.</param>
    /// <param name="At">When they came.</param>
    /// <param name="ExpiresOn">The last day on which they can be used.</param>
    /// <param name="Seq">The posting that brought them.</param>
    /// <param name="Rule">The rule and version that decided it.</param>
    /// <param name="Reference">What they belong to, for links.</param>
    public sealed record Item(long Amount, string Why, DateTimeOffset At, DateOnly ExpiresOn, long Seq, string Rule, string Reference);

    /// <summary>Every coin.</summary>
    /// <param name="Items">By last day, then the order in which they will be used.</param>
    public sealed record Response(IReadOnlyList<Item> Items);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/coins/why", (
            Caller caller, Handler handler, CancellationToken cancel) => handler.Run(caller, cancel).ToHttp())
        .RequireRole(Role.Member)
        .WithName("explainCoins").WithSummary("这些凤凰币是怎么来的");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, CoinHolders holders, LedgerReads reads, ICommunityCalendar calendar, Clock clock)
    {
        /// <summary>The origins, <see cref="NoMembership"/>, or <see cref="Ledger.HistoryTooLong"/>.</summary>
        public async Task<Result<Response>> Run(Caller caller, CancellationToken cancel)
        {
            if (await holders.MemberOf(caller.PersonId, cancel) is not { } member)
                return new NoMembership();
            var (community, today) = (db.Scope.CommunityId, calendar.Time.DayOf(clock.Now));
            var items = new List<Item>();
            foreach (var lot in (await reads.CoinsNow(community, member, Asset.Coin, cancel)).Lots.Where(l => l.ExpiresOn >= today))
            {
                if (!(await reads.Explain(community, AccountKey.Lot(member, lot.ExpiresOn), cancel)).TryGet(out var origins, out var error))
                    return error;
                // What a hold gave back stands apart from what it left, though one posting brought both.
                items.AddRange(origins.GroupBy(o => o.Seq).Select(g => g.First() with { Amount = g.Sum(o => o.Amount) }).Select(o => new Item(o.Amount, CoinWords.Why(o, calendar.Time.DayOf(o.At)), o.At, lot.ExpiresOn, o.Seq, o.Rule, o.Ref)));
            }

            return new Response(items);
        }
    }
}
