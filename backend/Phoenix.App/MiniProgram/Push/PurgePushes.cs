using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.MiniProgram.Push;

/// <summary>Forgets pushes after <see cref="StoredPush.Retention"/>, given up or not, every night, some at a time.</summary>
public sealed class PurgePushes(PhoenixDb db, Clock clock) : ISweep
{
    /// <summary>Rows deleted in one statement.</summary>
    public const int BatchSize = 1000;

    /// <inheritdoc />
    public string Name => "pushes.purge";

    /// <inheritdoc />
    public string Cron => "30 4 * * *";

    /// <inheritdoc />
    public async Task Run(CancellationToken cancel)
    {
        var before = clock.Now - StoredPush.Retention;
        int deleted;
        do
        {
            var oldest = db.Set<StoredPush>().Where(p => p.ReceivedAt < before).OrderBy(p => p.ReceivedAt).Select(p => p.Id).Take(BatchSize);
            deleted = await db.Set<StoredPush>().Where(p => oldest.Contains(p.Id)).ExecuteDeleteAsync(cancel);
        }
        while (deleted == BatchSize);
    }
}
