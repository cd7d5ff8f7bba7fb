using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Identity.Family;
using Phoenix.App.Identity.Phones;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Privacy;

/// <summary>Every night: forgets codes that don't work any more.</summary>
internal sealed class Tidy(PhoenixDb db, ICommunities communities, Clock clock) : ISweep
{
    public string Name => "identity.tidy";

    public string Cron => "40 3 * * *";

    public async Task Run(CancellationToken cancel)
    {
        var before = clock.Now - SpentPhoneCode.Kept;
        await db.Set<SpentPhoneCode>().Where(c => c.SpentAt < before).ExecuteDeleteAsync(cancel);
        await communities.Each(async (services, _) =>
            await services.GetRequiredService<PhoenixDb>().Set<FamilyCode>().Where(c => c.ExpiresAt < before).ExecuteDeleteAsync(cancel), cancel);
    }
}
