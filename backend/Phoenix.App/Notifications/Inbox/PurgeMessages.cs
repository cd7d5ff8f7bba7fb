using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Notifications.Sending;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Inbox;

/// <summary>Forgets messages after <see cref="InboxMessage.Retention"/>, and turns and marks that are over, every night, some at a time.</summary>
public sealed class PurgeMessages(PhoenixDb db, Clock clock) : ISweep
{
    /// <summary>Rows deleted in one statement.</summary>
    public const int BatchSize = 1000;

    /// <inheritdoc />
    public string Name => "messages.purge";

    /// <inheritdoc />
    public string Cron => "50 4 * * *";

    /// <inheritdoc />
    public async Task Run(CancellationToken cancel)
    {
        var now = clock.Now;
        var before = now - InboxMessage.Retention;
        var messages = db.Set<InboxMessage>().IgnoreQueryFilters();
        int deleted;
        do
        {
            var oldest = messages.Where(m => m.CreatedAt < before).OrderBy(m => m.CreatedAt).Select(m => m.Id).Take(BatchSize);
            deleted = await messages.Where(m => oldest.Contains(m.Id)).ExecuteDeleteAsync(cancel);
        }
        while (deleted == BatchSize);

        var yesterday = now - TimeSpan.FromDays(1);
        await db.Set<SendTurn>().Where(t => t.HeldUntil < yesterday).ExecuteDeleteAsync(cancel);
        await db.Set<TillMark>().IgnoreQueryFilters().Where(t => t.OpenUntil < yesterday).ExecuteDeleteAsync(cancel);
    }
}
