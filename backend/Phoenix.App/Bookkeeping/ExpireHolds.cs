using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Ledger;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping;

/// <summary>Gives back what holds kept past their time, every minute. A hold expires once, however many nodes try: its request id is made of its number.</summary>
public sealed class ExpireHolds(LedgerReads reads, LedgerPoster poster, IServiceScopeFactory scopes, Clock clock) : ISweep
{
    /// <summary>Holds read at once.</summary>
    public const int BatchSize = 200;

    /// <inheritdoc />
    public string Name => HoldExpiry.Name;

    /// <inheritdoc />
    public string Cron => "* * * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => Postings.UntilNoneIsDue(
        poster,
        async () =>
        {
            var due = await reads.DueHolds(clock.Now.ToUnixTimeMilliseconds(), BatchSize, cancel);
            var parts = new Dictionary<(int, long), HoldParts>();
            foreach (var some in due.GroupBy(h => h.Community))
                foreach (var (hold, part) in await PartsOf(some.Key, [.. some.Select(h => h.Hold)], cancel))
                    parts[(some.Key, hold)] = part;
            return [.. due.Select(h => HoldExpiry.Request(h.Community, h.Hold, parts.GetValueOrDefault(h)))];
        },
        cancel);

    private async Task<IReadOnlyDictionary<long, HoldParts>> PartsOf(int community, IReadOnlyCollection<long> holds, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
        var all = new Dictionary<long, HoldParts>();
        foreach (var owner in scope.ServiceProvider.GetServices<IHoldOwner>())
            foreach (var (hold, parts) in await owner.AtExpiry(holds, cancel))
                all[hold] = parts;
        return all;
    }
}
