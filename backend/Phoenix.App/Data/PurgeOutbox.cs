using Microsoft.EntityFrameworkCore;
using Phoenix.App.Hosting;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Time;

namespace Phoenix.App.Data;

/// <summary>Forgets carried-out messages of the outbox after their time, every night, some at a time. Dead ones stay until somebody has decided.</summary>
public sealed class PurgeOutbox(PhoenixDb db, Clock clock) : ISweep
{
    /// <summary>How long a message that was carried out is kept: as long as its event may be written again (requests are remembered so long).</summary>
    public static readonly TimeSpan Retention = RequestRecord.Retention;

    /// <summary>Rows deleted in one statement.</summary>
    public const int BatchSize = 1000;

    /// <inheritdoc />
    public string Name => "outbox.purge";

    /// <inheritdoc />
    public string Cron => "35 4 * * *";

    /// <inheritdoc />
    public async Task Run(CancellationToken cancel)
    {
        var before = clock.Now - Retention;
        int deleted;
        do
        {
            var oldest = db.Set<OutboxMessage>().Where(m => m.DoneAt < before).OrderBy(m => m.Id).Select(m => m.Id).Take(BatchSize);
            deleted = await db.Set<OutboxMessage>().Where(m => oldest.Contains(m.Id)).ExecuteDeleteAsync(cancel);
        }
        while (deleted == BatchSize);
    }
}
