namespace Phoenix.App.Volunteering.Signups;

/// <summary>
/// Where a sign-up stands: requested (only where staff approve) or waitlisted → offered → confirmed → checked in → checked out → verified → recorded; and the
/// side states in which it ends. The names are stored.
/// </summary>
public enum SignupState
{
    /// <summary>待审核: the activity wants staff to approve first.</summary>
    Requested,

    /// <summary>候补中.</summary>
    Waitlisted,

    /// <summary>有空位待确认: a place is kept until the offer's time.</summary>
    Offered,

    /// <summary>已报名.</summary>
    Confirmed,

    /// <summary>已签到.</summary>
    CheckedIn,

    /// <summary>已签退.</summary>
    CheckedOut,

    /// <summary>已核时长.</summary>
    Verified,

    /// <summary>已记录.</summary>
    Recorded,

    /// <summary>已取消.</summary>
    Cancelled,

    /// <summary>临时取消: too near the start for another to step in easily.</summary>
    CancelledLate,

    /// <summary>候补已过: an offer wasn't answered in time, or the shift began first.</summary>
    Lapsed,

    /// <summary>未通过.</summary>
    Rejected,

    /// <summary>请假.</summary>
    Excused,

    /// <summary>没来.</summary>
    NoShow,
}

/// <summary>The rules about states, in one place.</summary>
public static class SignupStates
{
    /// <summary>In these a place is taken, and the person's time with it.</summary>
    public static readonly IReadOnlyList<SignupState> Holding =
        [SignupState.Offered, SignupState.Confirmed, SignupState.CheckedIn, SignupState.CheckedOut, SignupState.Verified, SignupState.Recorded];

    /// <summary>In these a person has no second sign-up for the same shift.</summary>
    public static readonly IReadOnlyList<SignupState> Live = [SignupState.Requested, SignupState.Waitlisted, SignupState.NoShow, .. Holding];

    private static readonly Dictionary<SignupState, SignupState[]> Next = new()
    {
        [SignupState.Requested] = [SignupState.Confirmed, SignupState.Waitlisted, SignupState.Rejected, SignupState.Cancelled, SignupState.Lapsed],
        [SignupState.Waitlisted] = [SignupState.Offered, SignupState.Confirmed, SignupState.Rejected, SignupState.Cancelled, SignupState.Lapsed],
        [SignupState.Offered] = [SignupState.Confirmed, SignupState.Rejected, SignupState.Cancelled, SignupState.Lapsed],
        [SignupState.Confirmed] = [SignupState.CheckedIn, SignupState.NoShow, SignupState.Excused, SignupState.Rejected, SignupState.Cancelled, SignupState.CancelledLate],
        [SignupState.CheckedIn] = [SignupState.CheckedOut, SignupState.Confirmed],
        [SignupState.CheckedOut] = [SignupState.Verified, SignupState.CheckedIn],
        [SignupState.Verified] = [SignupState.Recorded, SignupState.CheckedOut],
        [SignupState.CancelledLate] = [SignupState.Excused],
        [SignupState.NoShow] = [SignupState.CheckedIn, SignupState.CheckedOut, SignupState.Excused],
    };

    /// <summary>Whether a sign-up may go from one state to the other.</summary>
    public static bool MayBecome(SignupState from, SignupState to) => Next.TryGetValue(from, out var next) && next.Contains(to);

    /// <summary>Whether a place is taken.</summary>
    public static bool Holds(SignupState state) => Holding.Contains(state);

    /// <summary>The states for SQL: 'Offered', 'Confirmed', …</summary>
    internal static string Sql(IEnumerable<SignupState> states) => string.Join(", ", states.Select(s => $"'{s}'"));

    /// <summary>On screen.</summary>
    internal static string NameOf(SignupState state) => state switch
    {
        SignupState.Requested => "待审核",
        SignupState.Waitlisted => "候补",
        SignupState.Offered => "待确认",
        SignupState.Confirmed => "已报名",
        SignupState.CheckedIn => "已签到",
        SignupState.CheckedOut => "已签退",
        SignupState.Verified => "已核时长",
        SignupState.Recorded => "已记录",
        SignupState.Cancelled => "已取消",
        SignupState.CancelledLate => "临时取消",
        SignupState.Lapsed => "候补已过",
        SignupState.Rejected => "未通过",
        SignupState.Excused => "请假",
        SignupState.NoShow => "没来",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no such state"),
    };
}
