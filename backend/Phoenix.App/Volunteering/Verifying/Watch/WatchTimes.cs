using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying.Watch;

/// <summary>The times that reminders and no-shows go by. Pure, so that every edge can be tested.</summary>
public static class WatchTimes
{
    /// <summary>At this time of the day before, people are reminded of a shift.</summary>
    public static readonly TimeOnly RemindAt = new(18, 0);

    /// <summary>So long after the end the leader is told to verify.</summary>
    public static readonly TimeSpan EndNotedAfter = TimeSpan.FromMinutes(15);

    /// <summary>So long after the end, who had a place and wasn't there is noted as 没来: what a phone kept without network has come by then.</summary>
    public static readonly TimeSpan NoShowAfter = TimeSpan.FromHours(12);

    /// <summary>A shift that ended longer ago is left alone by the sweeps.</summary>
    public static readonly TimeSpan LongAgo = TimeSpan.FromDays(30);

    /// <summary>The instant at which people are reminded of a shift.</summary>
    public static DateTimeOffset ReminderOf(DateTimeOffset startsAt, CommunityTime time) => time.At(time.DayOf(startsAt).AddDays(-1), RemindAt);

    /// <summary>Whether staff are reminded today of something that has to be done by a day: three, one and no working days before, and on the first after.</summary>
    public static bool IsReminderDay(DateOnly today, DateOnly deadline, WorkingDays days) =>
        days.IsWorking(today) && (today <= deadline ? deadline == today || days.Add(today, 1) == deadline || days.Add(today, 3) == deadline : days.Add(deadline, 1) == today);
}
