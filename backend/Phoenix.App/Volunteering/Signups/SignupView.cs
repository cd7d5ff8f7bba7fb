using Phoenix.App.Volunteering.Activities;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>What the phone's own calendar takes (wx.addPhoneCalendar).</summary>
/// <param name="Title">The activity.</param>
/// <param name="StartTime">Unix seconds.</param>
/// <param name="EndTime">Unix seconds.</param>
/// <param name="Location">Where.</param>
/// <param name="Description">What to know.</param>
/// <param name="AlarmOffset">How long before the start the phone rings, in seconds.</param>
public sealed record PhoneCalendar(string Title, long StartTime, long EndTime, string Location, string Description, int AlarmOffset);

/// <summary>A sign-up as the person sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ShiftId">The shift.</param>
/// <param name="ActivityId">The activity.</param>
/// <param name="Activity">Its title.</param>
/// <param name="MemberId">Who comes.</param>
/// <param name="State">Where it stands now.</param>
/// <param name="StartsAt">The shift's first instant.</param>
/// <param name="EndsAt">The instant after its last.</param>
/// <param name="Address">Where.</param>
/// <param name="IsHoursOnly">Whether only hours count, by choice or because the activity brings no coins.</param>
/// <param name="Position">On the waitlist: 1 is next; null otherwise.</param>
/// <param name="AnswerBy">Until when a place is kept; null unless offered.</param>
/// <param name="LateFrom">From when on a cancellation is late.</param>
/// <param name="Reason">Why it was rejected, excused or cancelled.</param>
/// <param name="Calendar">For the phone's calendar; null unless there is a place.</param>
public sealed record SignupView(
    Guid Id, Guid ShiftId, Guid ActivityId, string Activity, Guid MemberId, SignupState State, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Address,
    bool IsHoursOnly, int? Position, DateTimeOffset? AnswerBy, DateTimeOffset LateFrom, string? Reason, PhoneCalendar? Calendar)
{
    /// <summary>How long before the start the phone rings: two hours.</summary>
    public const int AlarmSeconds = 2 * 60 * 60;

    internal static SignupView Of(Signup s, Activity activity, Shift shift, int? position, DateTimeOffset now)
    {
        var state = s.StateAt(now);
        return new SignupView(
            s.Id, s.ShiftId, s.ActivityId, activity.Title, s.MemberId, state, s.StartsAt, s.EndsAt, shift.Address, s.IsHoursOnly || activity.IsHoursOnly,
            state == SignupState.Waitlisted ? position : null, state == SignupState.Offered ? s.AnswerBy : null, SignupTimes.LateFrom(s.StartsAt), s.Reason,
            state == SignupState.Confirmed
                ? new PhoneCalendar(activity.Title, s.StartsAt.ToUnixTimeSeconds(), s.EndsAt.ToUnixTimeSeconds(), shift.Address, $"联系人：{activity.ContactName} {activity.ContactPhone}", AlarmSeconds)
                : null);
    }
}
