using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.MiniProgram.Personal;

/// <summary>Forgets used codes and lapsed device secrets, every night, some at a time.</summary>
public sealed class PurgePersonalCodes(PhoenixDb db, Clock clock) : ISweep
{
    /// <summary>Rows deleted in one statement.</summary>
    public const int BatchSize = 1000;

    /// <inheritdoc />
    public string Name => "codes.purge";

    /// <inheritdoc />
    public string Cron => "25 4 * * *";

    /// <inheritdoc />
    public async Task Run(CancellationToken cancel)
    {
        var (used, issued) = (clock.Now - UsedCode.Retention, clock.Now - DeviceSecret.Lifetime);
        while (await db.Set<UsedCode>().IgnoreQueryFilters()
            .Where(c => db.Set<UsedCode>().IgnoreQueryFilters().Where(o => o.UsedAt < used).OrderBy(o => o.UsedAt).Take(BatchSize)
                .Any(o => o.CommunityId == c.CommunityId && o.DeviceId == c.DeviceId && o.Purpose == c.Purpose && o.Step == c.Step))
            .ExecuteDeleteAsync(cancel) == BatchSize)
        {
        }

        while (await db.Set<DeviceSecret>()
            .Where(d => db.Set<DeviceSecret>().Where(o => o.IssuedAt < issued).OrderBy(o => o.IssuedAt).Take(BatchSize).Any(o => o.SessionId == d.SessionId))
            .ExecuteDeleteAsync(cancel) == BatchSize)
        {
        }
    }
}
