using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying.Watch;

/// <summary>
/// The evening before, everybody with a place is reminded of the shift; late where the sweep is late, but never once it has begun. Who signed up after that evening began
/// knows of it anyway.
/// </summary>
internal sealed class RemindShifts(ICommunities communities, Clock clock) : ISweep
{
    /// <summary>Shifts at once.</summary>
    public const int BatchSize = 200;

    public string Name => "shifts.remind";

    public string Cron => "*/10 * * * *";

    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var (db, work, time, now) = (services.GetRequiredService<PhoenixDb>(), services.GetRequiredService<UnitOfWork>(), services.GetRequiredService<ICommunityCalendar>().Time, clock.Now);
        var today = time.DayOf(now);
        var until = time.At(today.AddDays(time.TimeOf(now) >= WatchTimes.RemindAt ? 2 : 1), TimeOnly.MinValue);
        var due = await db.Set<Shift>().Where(s => s.State == ShiftState.Open && s.StartsAt > now && s.StartsAt < until
                && db.Set<Activity>().Any(a => a.Id == s.ActivityId && a.State == ActivityState.Published)
                && !db.Set<ShiftWatch>().Any(w => w.ShiftId == s.Id && w.RemindedFor == s.StartsAt))
            .OrderBy(s => s.StartsAt).ThenBy(s => s.Id).Select(s => s.Id).Take(BatchSize).ToListAsync(cancel);
        foreach (var id in due)
            await work.Job(() => Remind(services, db, id, time, cancel), cancel);
    }, cancel);

    private static async Task Remind(IServiceProvider services, PhoenixDb db, Guid id, CommunityTime time, CancellationToken cancel)
    {
        var shift = (await db.LockShift(id, cancel))!;
        var watch = await db.Watch(id, cancel);
        if (shift.State != ShiftState.Open || watch.RemindedFor == shift.StartsAt)
            return;
        watch.RemindedFor = shift.StartsAt;
        var before = WatchTimes.ReminderOf(shift.StartsAt, time);
        var title = await db.Set<Activity>().Where(a => a.Id == shift.ActivityId).Select(a => a.Title).SingleAsync(cancel);
        var persons = await db.Set<Signup>().Where(s => s.ShiftId == id && s.State == SignupState.Confirmed && s.CreatedAt < before).OrderBy(s => s.Id).Select(s => s.PersonId).ToListAsync(cancel);
        var facts = new ShiftReminder(title, shift.StartsAt, shift.Address);
        foreach (var some in persons.Select(p => new Notice(p, $"shift-reminder:{id:N}:{shift.StartsAt.ToUnixTimeMilliseconds()}", facts, $"pages/signups/signups?shift={id}")).Chunk(NoticeLimits.Batch))
            await services.GetRequiredService<INotifications>().TellAll(some, cancel);
    }
}
