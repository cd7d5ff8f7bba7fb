using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>
/// Every five minutes: a quarter of an hour after a shift's end, who forgot to check out is reminded once, and the leader hears how many are open. Nothing is
/// checked out by itself. Lost, late or twice it does the same.
/// </summary>
internal sealed class RemindCheckOuts(ICommunities communities, Clock clock) : ISweep
{
    /// <summary>How long after the end.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(15);

    /// <summary>Shifts at once.</summary>
    public const int BatchSize = 200;

    public string Name => "attendance.check_outs";

    public string Cron => "*/5 * * * *";

    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var (db, work, notifications) = (services.GetRequiredService<PhoenixDb>(), services.GetRequiredService<UnitOfWork>(), services.GetRequiredService<INotifications>());
        var (until, from) = (clock.Now - After, clock.Now - AttendanceRules.OnTimeAfter);
        var shifts = await db.Set<Attendance>().Where(a => a.State == AttendanceState.Open && a.EndsAt <= until && a.EndsAt > from).Select(a => a.ShiftId).Distinct().OrderBy(id => id).Take(BatchSize).ToListAsync(cancel);
        foreach (var id in shifts)
            await work.Job(() => Remind(db, notifications, id, cancel), cancel);
    }, cancel);

    private static async Task Remind(PhoenixDb db, INotifications notifications, Guid id, CancellationToken cancel)
    {
        var shift = await db.Set<Shift>().AsNoTracking().SingleAsync(s => s.Id == id, cancel);
        var title = await db.Set<Activity>().Where(a => a.Id == shift.ActivityId).Select(a => a.Title).SingleAsync(cancel);
        var open = await db.Set<Attendance>().AsNoTracking().Where(a => a.ShiftId == id && a.State == AttendanceState.Open).OrderBy(a => a.Id).Select(a => new { a.Id, a.PersonId }).ToListAsync(cancel);
        var page = $"pages/signups/signups?shift={id}";
        foreach (var some in open.Select(a => new Notice(a.PersonId, $"check-out:{a.Id:N}", new CheckOutForgotten(title, shift.EndsAt), page)).Chunk(NoticeLimits.Batch))
            await notifications.TellAll(some, cancel);
        if (shift.LeaderId is { } leader && open.Count > 0)
            await notifications.Tell(new Notice(leader, $"check-outs:{id:N}", new CheckOutsOpen(title, shift.EndsAt, open.Count), page), cancel);
    }
}
