using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>Every night: the words, address and phone of needs that ended longer ago than <see cref="Need.Kept"/> are forgotten (PIPL art 19). One statement, so two nodes do it once.</summary>
internal sealed class ForgetNeeds(ICommunities communities, Clock clock) : ISweep
{
    public string Name => "needs.forget";

    public string Cron => "20 4 * * *";

    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var before = clock.Now - Need.Kept;
        await services.GetRequiredService<PhoenixDb>().Set<Need>().Where(n => n.EndedAt < before && n.Details != null)
            .ExecuteUpdateAsync(u => u.SetProperty(n => n.Details, (string?)null).SetProperty(n => n.Thanks, (string?)null), cancel);
    }, cancel);
}
