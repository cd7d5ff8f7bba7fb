namespace Phoenix.Platform.Time;

/// <summary>Why a day is a working day or a day off.</summary>
public enum DaySource
{
    /// <summary>Monday to Friday work, Saturday and Sunday off.</summary>
    Week,

    /// <summary>The State Council's arrangement of the year (a holiday, or a weekend day worked in exchange).</summary>
    National,

    /// <summary>Entered by the community's staff; goes before everything else.</summary>
    Community,
}

/// <summary>What a day is in a community.</summary>
/// <param name="Date">The day.</param>
/// <param name="IsWorking">Whether offices work.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Note">The holiday's name or the staff's reason; null for an ordinary day.</param>
public sealed record CalendarDay(DateOnly Date, bool IsWorking, DaySource Source, string? Note);

/// <summary>
/// A community's working days: its own entries before the national arrangement before the week. Deadlines in working days
/// (记录 10 个工作日内, 志愿服务记录与证明出具办法 art 11) count by it.
/// </summary>
public sealed class WorkingDays(IReadOnlyDictionary<DateOnly, (bool IsWorking, string? Note)> communityDays)
{
    /// <summary>Most working days that can be added at once.</summary>
    public const int MaxStep = 366;

    /// <summary>The national arrangement alone.</summary>
    public static WorkingDays National { get; } = new(new Dictionary<DateOnly, (bool, string?)>());

    /// <summary>What a day is.</summary>
    public CalendarDay Day(DateOnly date)
    {
        if (communityDays.TryGetValue(date, out var own))
            return new CalendarDay(date, own.IsWorking, DaySource.Community, own.Note);
        if (NationalDays.Find(date) is { } national)
            return new CalendarDay(date, national.IsWorking, DaySource.National, national.Name);
        return new CalendarDay(date, date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday), DaySource.Week, null);
    }

    /// <summary>Whether offices work on a day.</summary>
    public bool IsWorking(DateOnly date) => Day(date).IsWorking;

    /// <summary>
    /// The working day that is <paramref name="count"/> working days after <paramref name="date"/>; the day itself does not count
    /// (民法典 art 201). A count of 0 is the first working day on or after it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Count outside 0 to <see cref="MaxStep"/>.</exception>
    public DateOnly Add(DateOnly date, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxStep);
        var day = date;
        for (var left = count; left > 0;)
        {
            day = day.AddDays(1);
            if (IsWorking(day))
                left--;
        }

        while (!IsWorking(day))
            day = day.AddDays(1);
        return day;
    }
}
