using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying.Watch;

/// <summary>
/// A quarter of an hour after a shift's end the leader is told that there is time to verify; where people are still checked in, the leader hears of them first and of this
/// when that is settled, or the day after.
/// </summary>
internal sealed class NoteShiftEnds(ICommunities communities, Clock clock) : ISweep
{
    /// <summary>Shifts at once.</summary>
    public const int BatchSize = 200;

    public string Name => "shifts.end";

    public string Cron => "*/5 * * * *";

    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var (db, work, now) = (services.GetRequiredService<PhoenixDb>(), services.GetRequiredService<UnitOfWork>(), clock.Now);
        var (last, first, unsettled) = (now - WatchTimes.EndNotedAfter, now - WatchTimes.LongAgo, now - AttendanceRules.OnTimeAfter);
        var due = await db.Set<Shift>().Where(s => s.State == ShiftState.Open && s.EndsAt <= last && s.EndsAt > first
                && db.Set<Activity>().Any(a => a.Id == s.ActivityId && (a.State == ActivityState.Published || a.State == ActivityState.Ended))
                && !db.Set<ShiftWatch>().Any(w => w.ShiftId == s.Id && w.EndNotedAt != null)
                && (s.EndsAt <= unsettled || !db.Set<Attendance>().Any(a => a.ShiftId == s.Id && a.State == AttendanceState.Open)))
            .OrderBy(s => s.EndsAt).ThenBy(s => s.Id).Select(s => s.Id).Take(BatchSize).ToListAsync(cancel);
        foreach (var id in due)
            await work.Job(() => Note(services, db, id, now, cancel), cancel);
    }, cancel);

    private static async Task Note(IServiceProvider services, PhoenixDb db, Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var (shift, notifications) = ((await db.LockShift(id, cancel))!, services.GetRequiredService<INotifications>());
        var watch = await db.Watch(id, cancel);
        if (watch.EndNotedAt is not null)
            return;
        watch.EndNotedAt = now;
        var title = await db.Set<Activity>().Where(a => a.Id == shift.ActivityId).Select(a => a.Title).SingleAsync(cancel);
        var came = await db.Set<Attendance>().CountAsync(a => a.ShiftId == id && a.State != AttendanceState.NotCounted, cancel);
        var waiting = await db.Set<Attendance>().AnyAsync(a => a.ShiftId == id && (a.State == AttendanceState.Open || a.State == AttendanceState.CheckedOut), cancel);
        var missing = await db.Set<Signup>().CountAsync(s => s.ShiftId == id && s.State == SignupState.Confirmed, cancel);
        // Nobody was to come, or the leader was quicker.
        if (!waiting && (came > 0 || missing == 0))
            return;
        var (key, facts, page) = ($"shift-to-verify:{id:N}", new ShiftToVerify(title, shift.StartsAt, came, missing), $"packages/leader/shift/shift?id={id}");
        if (shift.LeaderId is { } leader)
            await notifications.Tell(new Notice(leader, key, facts, page), cancel);
        else
            await notifications.TellHolders([Role.Staff, Role.SocialWorker], [], key, facts, page, cancel);
    }
}
