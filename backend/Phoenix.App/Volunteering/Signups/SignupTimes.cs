using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>The times that signing up goes by. Pure, so that every edge can be tested.</summary>
public static class SignupTimes
{
    /// <summary>A cancellation so near the start, or nearer, is late.</summary>
    public static readonly TimeSpan LateWithin = TimeSpan.FromHours(12);

    /// <summary>So near the start nothing is offered any more: the leader fills freed places by hand.</summary>
    public static readonly TimeSpan HandFillWithin = TimeSpan.FromHours(3);

    /// <summary>Walk-ins are taken from so long before the start until the end.</summary>
    public static readonly TimeSpan WalkInsBefore = TimeSpan.FromMinutes(30);

    /// <summary>Nobody is asked to answer before this time of day; an offer that would end in the night ends then.</summary>
    public static readonly TimeOnly Morning = new(9, 0);

    private static readonly TimeOnly s_quietFrom = new(21, 0);

    /// <summary>How long an offer stands: a day, four hours within three days of the start, half an hour within one day.</summary>
    public static TimeSpan Window(TimeSpan untilStart) =>
        untilStart > TimeSpan.FromDays(3) ? TimeSpan.FromDays(1)
        : untilStart > TimeSpan.FromDays(1) ? TimeSpan.FromHours(4)
        : TimeSpan.FromMinutes(30);

    /// <summary>Until when an offer made now stands: its window, longer over night, and in any case until the leader fills by hand. Null when it's too near the start.</summary>
    public static DateTimeOffset? AnswerBy(DateTimeOffset now, DateTimeOffset startsAt, CommunityTime time)
    {
        var last = startsAt - HandFillWithin;
        if (now >= last)
            return null;
        var until = now + Window(startsAt - now);
        var (day, clock) = (time.DayOf(until), time.TimeOf(until));
        if (clock >= s_quietFrom)
            until = time.At(day.AddDays(1), Morning);
        else if (clock < Morning)
            until = time.At(day, Morning);
        return until < last ? until : last;
    }

    /// <summary>From when on a cancellation is late.</summary>
    public static DateTimeOffset LateFrom(DateTimeOffset startsAt) => startsAt - LateWithin;
}
