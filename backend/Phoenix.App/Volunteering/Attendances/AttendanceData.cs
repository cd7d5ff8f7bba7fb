using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>A person's attendances, to be given out. When the person goes they stay under the pseudonym, as the records made of them do; reasons and distances go.</summary>
internal sealed class AttendanceData(PhoenixDb db, ICommunityCalendar calendar) : IPersonalData
{
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var rows = await db.Set<Attendance>().AsNoTracking().Where(a => a.PersonId == personId).OrderByDescending(a => a.StartsAt).ThenBy(a => a.Id).Take(PersonalSection.MaxRows)
            .Join(db.Set<Activity>(), a => a.ActivityId, a => a.Id, (a, activity) => new { Attendance = a, activity.Title }).ToListAsync(cancel);
        var ids = rows.ConvertAll(r => r.Attendance.Id);
        var fixes = (await db.Set<AttendanceFix>().AsNoTracking().Where(f => ids.Contains(f.AttendanceId)).OrderBy(f => f.At).ToListAsync(cancel)).ToLookup(f => f.AttendanceId, f => f.DistanceMetres);
        return
        [
            new PersonalSection("我的签到", ["活动", "到达", "离开", "方式", "分钟", "核定分钟", "说明", "离集合点约（米）"],
                [.. rows.Select(r => (IReadOnlyList<string>)
                [
                    r.Title, Time(r.Attendance.CheckedInAt), r.Attendance.CheckedOutAt is { } left ? Time(left) : "", NameOf(r.Attendance.CheckedInWay),
                    Number(r.Attendance.Minutes), Number(r.Attendance.VerifiedMinutes), r.Attendance.Reason ?? "", string.Join('、', fixes[r.Attendance.Id].Select(d => Number(d))),
                ])]),
        ];
    }

    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        await db.Set<AttendanceFix>().Where(f => db.Set<Attendance>().Any(a => a.Id == f.AttendanceId && a.PersonId == personId)).ExecuteDeleteAsync(cancel);
        if (departure == Departure.Account)
            await db.Set<Attendance>().Where(a => a.PersonId == personId && a.Reason != null)
                .ExecuteUpdateAsync(u => u.SetProperty(a => a.Reason, VolunteeringData.Erased).SetProperty(a => a.Version, a => a.Version + 1), cancel);
    }

    /// <summary>On screen.</summary>
    internal static string NameOf(CheckWay way) => way switch
    {
        CheckWay.Scan => "扫码",
        CheckWay.PersonalCode => "负责人扫我的码",
        CheckWay.Card => "刷卡",
        CheckWay.VenueCode => "场地码",
        CheckWay.Roster => "负责人登记",
        CheckWay.ShiftEnd => "按结束时间签退",
        CheckWay.Late => "补录",
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, "no such way"),
    };

    private string Time(DateTimeOffset at) => $"{calendar.Time.DayOf(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {calendar.Time.TimeOf(at).ToString("HH:mm", CultureInfo.InvariantCulture)}";

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
