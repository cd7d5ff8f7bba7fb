using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering;

/// <summary>
/// A person's sign-ups, to be given out and to be ended when the person goes: coming places pass on to the next, reasons are blanked, the row stays under the
/// pseudonym for the activity's figures. Who still leads something hands it over first.
/// </summary>
internal sealed class VolunteeringData(PhoenixDb db, ShiftPlaces places, Leaderships leaderships, ICommunityCalendar calendar, Clock clock) : IPersonalData, IClosingCheck
{
    /// <summary>What stands in the place of an erased reason.</summary>
    public const string Erased = "已删除";

    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var rows = await db.Set<Signup>().AsNoTracking().Where(s => s.PersonId == personId).OrderByDescending(s => s.StartsAt).ThenBy(s => s.Id).Take(PersonalSection.MaxRows)
            .Join(db.Set<Activity>(), s => s.ActivityId, a => a.Id, (s, a) => new { Signup = s, a.Title }).ToListAsync(cancel);
        var now = clock.Now;
        return
        [
            new PersonalSection("我的报名", ["活动", "日期", "开始", "结束", "状态", "原因"],
                [.. rows.Select(r => (IReadOnlyList<string>)[r.Title, Day(r.Signup.StartsAt), Time(r.Signup.StartsAt), Time(r.Signup.EndsAt), SignupStates.NameOf(r.Signup.StateAt(now)), r.Signup.Reason ?? ""])]),
        ];
    }

    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        var now = clock.Now;
        SignupState[] coming = [SignupState.Requested, SignupState.Waitlisted, SignupState.Offered, SignupState.Confirmed];
        var shifts = await db.Set<Signup>().Where(s => s.PersonId == personId && coming.Contains(s.State) && s.StartsAt > now).Select(s => s.ShiftId).Distinct().OrderBy(id => id).ToListAsync(cancel);
        foreach (var id in shifts)
        {
            var shift = (await db.LockShift(id, cancel))!;
            foreach (var signup in await db.Set<Signup>().Where(s => s.ShiftId == id && s.PersonId == personId && coming.Contains(s.State)).ToListAsync(cancel))
                signup.Become(SignupState.Cancelled, now);
            await places.Settle(await db.Set<Activity>().SingleAsync(a => a.Id == shift.ActivityId, cancel), shift, cancel);
        }

        if (departure == Departure.Account)
            await db.Set<Signup>().Where(s => s.PersonId == personId && s.Reason != null).ExecuteUpdateAsync(u => u.SetProperty(s => s.Reason, Erased), cancel);
    }

    public async Task<IReadOnlyList<string>> Open(Guid personId, Departure departure, CancellationToken cancel) =>
        await leaderships.Leads(personId, cancel) ? ["您还是志愿服务队、岗位或时段的负责人，请先请工作人员办理交接。"] : [];

    private string Day(DateTimeOffset at) => calendar.Time.DayOf(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Time(DateTimeOffset at) => calendar.Time.TimeOf(at).ToString("HH:mm", CultureInfo.InvariantCulture);
}
