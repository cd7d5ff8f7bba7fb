using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Signups;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>The attendances of a shift as they come to be verified.</summary>
internal sealed class ShiftLines(PhoenixDb db)
{
    /// <summary>Attendances of the shift without exception, which one tap verifies: the person left, some minutes count, and none of them is of <paramref name="own"/>.</summary>
    public IQueryable<Attendance> Ready(Guid shiftId, Guid[] own) => db.Set<Attendance>()
        .Where(a => a.ShiftId == shiftId && a.State == AttendanceState.CheckedOut && a.Minutes > 0 && !own.Contains(a.PersonId));

    /// <summary>Attendances of the shift that need a look first.</summary>
    public IQueryable<Attendance> Exceptions(Guid shiftId, Guid[] own) => db.Set<Attendance>()
        .Where(a => a.ShiftId == shiftId && (a.State == AttendanceState.Open || a.State == AttendanceState.Proposed
            || (a.State == AttendanceState.CheckedOut && (a.Minutes == 0 || own.Contains(a.PersonId)))));

    /// <summary>Lines of attendances with the minutes that were worked out (grade C: that the first approver found).</summary>
    public async Task<List<VerifyLine>> Of(IReadOnlyList<Attendance> attendances, HeadCount count, CancellationToken cancel)
    {
        var ids = attendances.Select(a => a.SignupId).ToList();
        var signups = await db.Set<Signup>().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        return [.. attendances.Select(a => new VerifyLine(
            a, signups[a.SignupId], a.VerifiedMinutes ?? a.Minutes ?? 0, Lower(a.Grade, count), signups[a.SignupId].IsHoursOnly, a.Reason))];
    }

    /// <summary>How sure an attendance is in the end: a scan that no matching head count confirms is grade B.</summary>
    private static EvidenceGrade Lower(EvidenceGrade grade, HeadCount count) => grade == EvidenceGrade.A && !count.Matches ? EvidenceGrade.B : grade;
}
