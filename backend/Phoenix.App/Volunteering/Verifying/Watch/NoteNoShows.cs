using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying.Watch;

/// <summary>
/// Half a day after a shift, who had a place and never came is noted as 没来. Not where nobody at all was checked in or counted: then the list is missing, not the people, and
/// staff read of it in their digest. The person is told and may appeal.
/// </summary>
internal sealed class NoteNoShows(ICommunities communities, Clock clock) : ISweep
{
    /// <summary>Shifts at once.</summary>
    public const int BatchSize = 100;

    public string Name => "shifts.no-shows";

    public string Cron => "*/15 * * * *";

    /// <summary>Shifts that ended before an instant, not too long ago, with people who had a place and weren't there.</summary>
    public static IQueryable<Shift> Due(PhoenixDb db, DateTimeOffset now)
    {
        var (last, first) = (now - WatchTimes.NoShowAfter, now - WatchTimes.LongAgo);
        return db.Set<Shift>().Where(s => s.State == ShiftState.Open && s.EndsAt <= last && s.EndsAt > first
            && db.Set<Activity>().Any(a => a.Id == s.ActivityId && (a.State == ActivityState.Published || a.State == ActivityState.Ended))
            && db.Set<Signup>().Any(p => p.ShiftId == s.Id && p.State == SignupState.Confirmed));
    }

    /// <summary>Whether anything says who came.</summary>
    public static System.Linq.Expressions.Expression<Func<Shift, bool>> HasList(PhoenixDb db) =>
        s => db.Set<Attendance>().Any(a => a.ShiftId == s.Id) || db.Set<ShiftCount>().Any(c => c.ShiftId == s.Id);

    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var (db, work, now) = (services.GetRequiredService<PhoenixDb>(), services.GetRequiredService<UnitOfWork>(), clock.Now);
        var due = await Due(db, now).Where(HasList(db)).OrderBy(s => s.EndsAt).ThenBy(s => s.Id).Select(s => s.Id).Take(BatchSize).ToListAsync(cancel);
        foreach (var id in due)
            await work.Job(() => Note(services, db, id, now, cancel), cancel);
    }, cancel);

    private static async Task Note(IServiceProvider services, PhoenixDb db, Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        var shift = (await db.LockShift(id, cancel))!;
        var missing = await db.Set<Signup>().Where(s => s.ShiftId == id && s.State == SignupState.Confirmed).OrderBy(s => s.Id).ToListAsync(cancel);
        foreach (var signup in missing)
            signup.Become(SignupState.NoShow, now);
        await db.SaveChangesAsync(cancel);
        var title = await db.Set<Activity>().Where(a => a.Id == shift.ActivityId).Select(a => a.Title).SingleAsync(cancel);
        var here = await services.GetRequiredService<IPeople>().OfPersons(missing.ConvertAll(s => s.PersonId), cancel);
        var (limits, time) = (services.GetRequiredService<NoShowLimits>(), services.GetRequiredService<ICommunityCalendar>().Time);
        var notices = new List<Notice>();
        foreach (var signup in missing.Where(s => here.GetValueOrDefault(s.PersonId) is { HasLeft: false }))
        {
            var limit = await limits.Follow(signup.PersonId, now, cancel);
            notices.Add(new Notice(
                signup.PersonId, $"no-show:{signup.Id:N}", new NoShowNoted(title, shift.StartsAt, limit is null ? null : time.DayOf(limit.Until)), $"pages/signups/signups?id={signup.Id}"));
        }

        foreach (var some in notices.Chunk(NoticeLimits.Batch))
            await services.GetRequiredService<INotifications>().TellAll(some, cancel);
    }
}
