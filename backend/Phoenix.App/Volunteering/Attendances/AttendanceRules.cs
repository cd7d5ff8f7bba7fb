using Phoenix.App.Volunteering.Records;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>One coming or going.</summary>
/// <param name="At">When.</param>
/// <param name="Way">How it is known.</param>
/// <param name="By">Who did it, a person.</param>
public sealed record Check(DateTimeOffset At, CheckWay Way, Guid By);

/// <summary>The times that checking in and out goes by. Pure, so that every edge can be tested.</summary>
public static class AttendanceRules
{
    /// <summary>A scan so soon after the one before is the same scan: it never checks out, and never brings back.</summary>
    public static readonly TimeSpan SameScan = TimeSpan.FromMinutes(15);

    /// <summary>Check-ins are taken from so long before the start; minutes count from the start.</summary>
    public static readonly TimeSpan OpensBefore = TimeSpan.FromMinutes(60);

    /// <summary>So long after the end a check-out by scan, the roster, or a phone's upload is as good as one in time; later it is 补录, grade C.</summary>
    public static readonly TimeSpan OnTimeAfter = TimeSpan.FromHours(24);

    /// <summary>Until so long after the end the leader may still enter what happened.</summary>
    public static readonly TimeSpan EntryAfter = TimeSpan.FromDays(14);

    /// <summary>Minutes are rounded down to this, once.</summary>
    public const int MinuteStep = ServiceRecord.MinuteStep;

    /// <summary>How sure one coming or going is.</summary>
    public static EvidenceGrade GradeOf(CheckWay way) => way switch
    {
        CheckWay.Scan or CheckWay.PersonalCode or CheckWay.Card => EvidenceGrade.A,
        CheckWay.VenueCode or CheckWay.Roster or CheckWay.ShiftEnd => EvidenceGrade.B,
        CheckWay.Late => EvidenceGrade.C,
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, "no such way"),
    };

    /// <summary>The weaker of two.</summary>
    public static EvidenceGrade Weaker(EvidenceGrade a, EvidenceGrade b) => a > b ? a : b;

    /// <summary>Whole seconds of a time that lie within the shift.</summary>
    public static int SecondsWithin(DateTimeOffset from, DateTimeOffset to, DateTimeOffset startsAt, DateTimeOffset endsAt)
    {
        var (first, last) = (from > startsAt ? from : startsAt, to < endsAt ? to : endsAt);
        return last <= first ? 0 : (int)(last - first).TotalSeconds;
    }

    /// <summary>Minutes given: clipped to the shift, without the time away, rounded down to <see cref="MinuteStep"/>.</summary>
    public static int Minutes(DateTimeOffset inAt, DateTimeOffset outAt, int awaySeconds, DateTimeOffset startsAt, DateTimeOffset endsAt) =>
        Math.Max(0, SecondsWithin(inAt, outAt, startsAt, endsAt) - awaySeconds) / (60 * MinuteStep) * MinuteStep;
}
