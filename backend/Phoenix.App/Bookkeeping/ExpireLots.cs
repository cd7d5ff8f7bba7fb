using Phoenix.App.Community;
using Phoenix.App.Hosting;
using Phoenix.Ledger;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping;

/// <summary>
/// Books coins out whose last day is over, every hour. They can't be spent from midnight on anyway; this makes it a posting. A lot's request id is made
/// of its last posting, so the same coins expire once, and coins that came back later are other work.
/// </summary>
public sealed class ExpireLots(LedgerReads reads, LedgerPoster poster, Clock clock, ICommunities communities) : ISweep
{
    /// <summary>Lots read at once.</summary>
    public const int BatchSize = 200;

    /// <inheritdoc />
    public string Name => "lots.expire";

    /// <inheritdoc />
    public string Cron => "5 * * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each(
        (_, community) => Postings.UntilNoneIsDue(
            poster,
            async () =>
            {
                var lapsed = await reads.LapsedLots(community, CommunityTime.Shanghai.DayOf(clock.Now), BatchSize, cancel);
                return [.. lapsed.Select(l => new LedgerRequest(
                    community, RequestIds.Of(community, $"expire-lot:{l.Lot.Owner:N}:{l.Lot.Asset}:{l.Lot.ExpiresOn:yyyyMMdd}:{l.Seq}"), Guid.Empty, Name, new ExpireLot(l.Lot) { Rule = "lot-date/1" }))];
            },
            cancel),
        cancel);
}
