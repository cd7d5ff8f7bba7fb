using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>Every night: clerks who did nothing for 60 days are off, as <see cref="IMerchantPeople.MayActAt"/> has judged since the instant itself.</summary>
public sealed class SwitchOffIdleClerks(ICommunities communities, Clock clock) : ISweep
{
    /// <summary>Clerks of one transaction.</summary>
    public const int Batch = 100;

    /// <inheritdoc />
    public string Name => "merchants.idle-clerks";

    /// <inheritdoc />
    public string Cron => "30 3 * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var db = services.GetRequiredService<PhoenixDb>();
        while (await SwitchOff(db, services.GetRequiredService<MerchantBook>(), cancel) == Batch)
            db.ChangeTracker.Clear();
    }, cancel);

    private async Task<int> SwitchOff(PhoenixDb db, MerchantBook book, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockCommunity(cancel);
        var since = clock.Now - MerchantStaff.IdleLimit;
        var idle = await db.Set<MerchantStaff>().Where(s => s.Post == MerchantPost.Clerk && s.EndedAt == null && s.LastUsedAt <= since)
            .OrderBy(s => s.LastUsedAt).ThenBy(s => s.Id).Take(Batch).ToListAsync(cancel);
        foreach (var clerk in idle)
            await book.End(clerk, MerchantEnd.Idle, null, cancel);
        await transaction.CommitAsync(CancellationToken.None);
        return idle.Count;
    }
}
