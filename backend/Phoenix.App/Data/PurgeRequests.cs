using Microsoft.EntityFrameworkCore;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.Data;

/// <summary>Forgets answered requests after their 90 days, every night, some at a time so that no lock is held long.</summary>
public sealed class PurgeRequests(PhoenixDb db, Clock clock) : ISweep
{
    /// <summary>Rows deleted in one statement.</summary>
    public const int BatchSize = 1000;

    /// <inheritdoc />
    public string Name => "requests.purge";

    /// <inheritdoc />
    public string Cron => "20 4 * * *";

    /// <inheritdoc />
    public async Task Run(CancellationToken cancel)
    {
        var before = clock.Now - RequestRecord.Retention;
        int deleted;
        do
        {
            var oldest = db.Set<RequestRecord>().Where(r => r.CreatedAt < before).OrderBy(r => r.CreatedAt).Take(BatchSize);
            deleted = await db.Set<RequestRecord>().Where(r => oldest.Any(o => o.CommunityId == r.CommunityId && o.Id == r.Id)).ExecuteDeleteAsync(cancel);
        }
        while (deleted == BatchSize);
    }
}
