using System.Globalization;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping.Coins;

/// <summary>
/// Tells members, every morning, of coins that end within <see cref="DaysAhead"/> days: once for each last day, whatever is still in it then. A morning
/// that was missed is made up for on the next one.
/// </summary>
public sealed class AnnounceExpiry(LedgerReads reads, Clock clock, ICommunities communities) : ISweep
{
    /// <summary>How long before their end coins are announced, in days.</summary>
    public const int DaysAhead = 30;

    /// <summary>Lots read, and told in one transaction, at once.</summary>
    public const int BatchSize = 200;

    /// <inheritdoc />
    public string Name => "coins.announce-expiry";

    /// <inheritdoc />
    public string Cron => "0 9 * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each(async (services, community) =>
    {
        var (work, people, notifications) = (services.GetRequiredService<UnitOfWork>(), services.GetRequiredService<IPeople>(), services.GetRequiredService<INotifications>());
        var today = CommunityTime.Shanghai.DayOf(clock.Now);
        AccountKey? after = null;
        while (await reads.LotsEnding(community, today, today.AddDays(DaysAhead), after, BatchSize, cancel) is { Count: > 0 } lots)
        {
            var members = await people.OfMembers([.. lots.Select(l => l.Lot.Owner).Distinct()], cancel);
            List<Notice> notices = [.. lots.Where(l => members.TryGetValue(l.Lot.Owner, out var m) && !m.HasLeft).Select(l => NoticeOf(members[l.Lot.Owner].PersonId, l.Lot, l.Balance))];
            await work.Job(() => notifications.TellAll(notices, cancel), cancel);
            after = lots[^1].Lot;
        }
    }, cancel);

    private static Notice NoticeOf(Guid person, AccountKey lot, long balance) => new(
        person,
        string.Create(CultureInfo.InvariantCulture, $"coins-expiring:{lot.Owner:N}:{lot.ExpiresOn:yyyyMMdd}"),
        new CoinsExpiring(new Ledger.Accounts.Coins(balance), lot.ExpiresOn!.Value),
        "pages/coins/coins");
}
