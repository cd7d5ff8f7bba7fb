using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>What a person did at the door.</summary>
public enum Did
{
    /// <summary>签到.</summary>
    In,

    /// <summary>签退.</summary>
    Out,
}

/// <summary>An attendance as the person and the leader see it.</summary>
/// <param name="MemberId">Who.</param>
/// <param name="AttendanceId">The attendance.</param>
/// <param name="Did">How it stands after this: in or out. A second phone, a second scan and a retry say the same as the first.</param>
/// <param name="CheckedInAt">When they came.</param>
/// <param name="CheckedOutAt">When they went; null while there.</param>
/// <param name="Minutes">As worked out, to be verified; null while there.</param>
public sealed record CheckedPerson(Guid MemberId, Guid AttendanceId, Did Did, DateTimeOffset CheckedInAt, DateTimeOffset? CheckedOutAt, int? Minutes)
{
    internal static CheckedPerson Of(Attendance a) => new(a.MemberId, a.Id, a.State == AttendanceState.Open ? Did.In : Did.Out, a.CheckedInAt, a.CheckedOutAt, a.Minutes);
}

/// <summary>What came of a coming or going.</summary>
/// <param name="Attendance">The attendance, new or changed.</param>
/// <param name="Event">What happened; null where it was so already.</param>
internal sealed record Passed(Attendance Attendance, AttendanceEventKind? Event);

/// <summary>The rules of the door, for every way through it. Changes the sign-up and the attendance in memory only.</summary>
internal static class Door
{
    /// <summary>
    /// A scan: who isn't there comes, who is goes, who went comes back; but a scan within <see cref="AttendanceRules.SameScan"/> of the one before is the
    /// same scan, and once the shift is over nobody comes back.
    /// </summary>
    public static Result<Passed> Scan(Signup signup, Attendance? there, Check check, Guid newId, DateTimeOffset now) => there switch
    {
        null => In(signup, null, check, newId, now),
        { State: AttendanceState.NotCounted } => new AttendanceSettled(),
        { State: AttendanceState.Open } => check.At < (there.BackAt ?? there.CheckedInAt) + AttendanceRules.SameScan ? new Passed(there, null) : Out(signup, there, check, now),
        { State: AttendanceState.CheckedOut } => check.At < there.CheckedOutAt + AttendanceRules.SameScan || check.At >= there.EndsAt ? new Passed(there, null) : In(signup, there, check, newId, now),
        _ => new Passed(there, null),
    };

    /// <summary>Somebody comes, or comes back: <see cref="CheckInTooEarly"/>, <see cref="CheckInOver"/>, <see cref="NoPlace"/>, <see cref="AttendanceSettled"/>.</summary>
    public static Result<Passed> In(Signup signup, Attendance? there, Check check, Guid newId, DateTimeOffset now)
    {
        if (there is { State: AttendanceState.Open })
            return new Passed(there, null);
        if (there is not null && there.State != AttendanceState.CheckedOut)
            return new AttendanceSettled();
        if (check.At < signup.StartsAt - AttendanceRules.OpensBefore)
            return new CheckInTooEarly((int)AttendanceRules.OpensBefore.TotalMinutes);
        if (check.At >= signup.EndsAt)
            return new CheckInOver();
        if (there is not null)
        {
            if (check.At < there.CheckedOutAt)
                return new Passed(there, null);
            there.ComeBack(check);
            signup.Become(SignupState.CheckedIn, now);
            return new Passed(there, AttendanceEventKind.Back);
        }

        if (signup.State is not (SignupState.Confirmed or SignupState.NoShow))
            return new NoPlace();
        signup.Become(SignupState.CheckedIn, now);
        return new Passed(Attendance.CheckIn(newId, signup, check), AttendanceEventKind.In);
    }

    /// <summary>Somebody goes: <see cref="NotCheckedIn"/>, <see cref="CheckOutOver"/>, <see cref="AttendanceSettled"/>.</summary>
    public static Result<Passed> Out(Signup signup, Attendance? there, Check check, DateTimeOffset now)
    {
        if (there is null)
            return new NotCheckedIn();
        if (there.State == AttendanceState.CheckedOut)
            return new Passed(there, null);
        if (there.State != AttendanceState.Open)
            return new AttendanceSettled();
        if (check.At > there.EndsAt + AttendanceRules.OnTimeAfter)
            return new CheckOutOver();
        var since = there.BackAt ?? there.CheckedInAt;
        there.CheckOut(check.At < since ? check with { At = since } : check);
        signup.Become(SignupState.CheckedOut, now);
        return new Passed(there, AttendanceEventKind.Out);
    }
}
