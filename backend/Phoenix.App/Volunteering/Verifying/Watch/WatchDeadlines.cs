using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Records.Province;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying.Watch;

/// <summary>
/// Service must stand in its record within 10 working days (令67 art 11), and in the province's system by then. On the mornings named by <see cref="WatchTimes.IsReminderDay"/> staff, and the
/// leaders of the shifts, are reminded of what isn't.
/// </summary>
internal sealed class WatchDeadlines(ICommunities communities, Clock clock) : ISweep
{
    public string Name => "records.deadlines";

    // Who was told today is told nothing more: the other turns are for a run that was lost.
    public string Cron => "*/20 9 * * *";

    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var (db, calendar) = (services.GetRequiredService<PhoenixDb>(), services.GetRequiredService<ICommunityCalendar>());
        var today = calendar.Time.DayOf(clock.Now);
        var days = await calendar.WorkingDays(today.AddDays(-40), today.AddDays(40), cancel);
        if (!days.IsWorking(today))
            return;
        await services.GetRequiredService<UnitOfWork>().Job(() => Remind(services, db, today, days, cancel), cancel);
    }, cancel);

    /// <summary>Attendances that wait for their record.</summary>
    internal static IQueryable<Attendance> Waiting(PhoenixDb db, DateTimeOffset now)
    {
        AttendanceState[] waiting = [AttendanceState.Open, AttendanceState.CheckedOut, AttendanceState.Proposed];
        return db.Set<Attendance>().Where(a => waiting.Contains(a.State) && a.EndsAt <= now);
    }

    private async Task Remind(IServiceProvider services, PhoenixDb db, DateOnly today, WorkingDays days, CancellationToken cancel)
    {
        var (deadlines, notifications) = (services.GetRequiredService<RecordDeadlines>(), services.GetRequiredService<INotifications>());
        var shifts = await Waiting(db, clock.Now).GroupBy(a => new { a.ShiftId, a.EndsAt }).Select(g => new { g.Key.ShiftId, g.Key.EndsAt, People = g.Count() })
            .Join(db.Set<Shift>(), w => w.ShiftId, s => s.Id, (w, s) => new { w.EndsAt, w.People, s.LeaderId }).ToListAsync(cancel);
        var due = new List<(Guid? Leader, int People, DateOnly Deadline)>();
        foreach (var shift in shifts)
            if (await deadlines.OfRecord(shift.EndsAt, cancel) is var deadline && WatchTimes.IsReminderDay(today, deadline, days))
                due.Add((shift.LeaderId, shift.People, deadline));
        var entries = (await db.Set<ServiceRecord>().Where(r => r.Ending == null && r.Deadline > today.AddDays(-40) && r.Deadline < today.AddDays(40) && !db.Set<ProvinceEntry>().Any(e => e.VersionId == r.Id))
            .GroupBy(r => r.Deadline).Select(g => new { Deadline = g.Key, Count = g.Count() }).ToListAsync(cancel)).FindAll(e => WatchTimes.IsReminderDay(today, e.Deadline, days));
        if (due.Count == 0 && entries.Count == 0)
            return;
        var (key, first) = ($"records-due:{today.ToString("O", CultureInfo.InvariantCulture)}", due.Select(d => d.Deadline).Concat(entries.Select(e => e.Deadline)).Min());
        await notifications.TellHolders(
            [Role.Staff, Role.SocialWorker], [], key, new RecordsDue(due.Count, due.Sum(d => d.People), entries.Sum(e => e.Count), first), "packages/staff/todo/todo", cancel);
        foreach (var led in due.Where(d => d.Leader is not null).GroupBy(d => d.Leader!.Value))
            await notifications.Tell(new Notice(led.Key, key, new RecordsDue(led.Count(), led.Sum(d => d.People), 0, led.Min(d => d.Deadline)), "packages/leader/today/today"), cancel);
    }
}
