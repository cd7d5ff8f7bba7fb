using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Signups;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>An attendance with what is decided about it.</summary>
/// <param name="Attendance">The attendance.</param>
/// <param name="Signup">Its sign-up.</param>
/// <param name="Minutes">Minutes that count, a multiple of 5.</param>
/// <param name="Grade">How sure it is, head count considered.</param>
/// <param name="HoursOnly">Whether it brings no coins.</param>
/// <param name="Reason">Why the minutes aren't those that were worked out.</param>
internal sealed record VerifyLine(Attendance Attendance, Signup Signup, int Minutes, EvidenceGrade Grade, bool HoursOnly, string? Reason = null)
{
    /// <summary>From when to when the minutes are taken to be: as the person came and went within the shift; where more count, on to its end, then back to its start.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) Span
    {
        get
        {
            var (start, end) = (Later(Attendance.CheckedInAt, Attendance.StartsAt), Earlier(Attendance.CheckedOutAt ?? Attendance.EndsAt, Attendance.EndsAt));
            var length = TimeSpan.FromMinutes(Minutes);
            start = Earlier(start, Attendance.EndsAt);
            if (end - start >= length)
                return (start, end);
            end = Earlier(start + length, Attendance.EndsAt);
            return end - start >= length ? (start, end) : (end - length, end);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

/// <summary>Takes sign-ups along with what becomes of attendances.</summary>
internal static class VerifiedSignups
{
    /// <summary>已核时长: from having come, or after it was noted as 没来 and put right.</summary>
    public static void Verified(this Signup signup, DateTimeOffset now, string? reason = null)
    {
        if (signup.State is SignupState.CheckedIn or SignupState.NoShow)
            signup.Become(SignupState.CheckedOut, now);
        signup.Become(SignupState.Verified, now, reason);
    }

    /// <summary>已记录.</summary>
    public static void Recorded(this Signup signup, DateTimeOffset now)
    {
        if (signup.State != SignupState.Verified)
            signup.Verified(now);
        signup.Become(SignupState.Recorded, now);
    }
}
