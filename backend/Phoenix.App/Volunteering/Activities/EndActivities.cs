using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>Every five minutes: a published activity whose last shift is over has ended. A standing one goes on. One statement, so two nodes do it once.</summary>
internal sealed class EndActivities(ICommunities communities, Clock clock) : ISweep
{
    public string Name => "activities.end";

    public string Cron => "*/5 * * * *";

    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var (db, now) = (services.GetRequiredService<PhoenixDb>(), clock.Now);
        await db.Set<Activity>()
            .Where(a => a.State == ActivityState.Published && a.Kind != ActivityKind.Standing && !db.Set<Shift>().Any(s => s.ActivityId == a.Id && s.State == ShiftState.Open && s.EndsAt > now))
            .ExecuteUpdateAsync(u => u.SetProperty(a => a.State, ActivityState.Ended).SetProperty(a => a.Version, a => a.Version + 1), cancel);
    }, cancel);
}
