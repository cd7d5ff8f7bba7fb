using System.Globalization;

namespace Phoenix.Platform.Time;

/// <summary>
/// Days, months and cut-offs of a community (product.md, hard rule 11): instants are UTC everywhere, but "today" and "this month" are the
/// community's. Asia/Shanghai has had no daylight saving since 1991; the class does not rely on it.
/// </summary>
public sealed class CommunityTime(TimeZoneInfo zone)
{
    /// <summary>Asia/Shanghai, the zone of every Chinese community.</summary>
    public static CommunityTime Shanghai { get; } = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    /// <summary>The zone.</summary>
    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>The community's day at an instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The community's wall time at an instant.</summary>
    public TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The community's month at an instant.</summary>
    public Month MonthOf(DateTimeOffset instant) => Month.Of(DayOf(instant));

    /// <summary>The instant at which a wall time is on a day; a wall time that a clock change skips or repeats is taken at its first valid instant.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var wall = day.ToDateTime(time, DateTimeKind.Unspecified);
        while (Zone.IsInvalidTime(wall))
            wall = wall.AddMinutes(1);
        var offset = Zone.IsAmbiguousTime(wall) ? Zone.GetAmbiguousTimeOffsets(wall).Max() : Zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    /// <summary>The first instant of a day.</summary>
    public DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The instant after the last of a day: the start of the next.</summary>
    public DateTimeOffset EndOf(DateOnly day) => StartOf(day.AddDays(1));

    /// <summary>The first instant of a month.</summary>
    public DateTimeOffset StartOf(Month month) => StartOf(month.FirstDay);

    /// <summary>The instant after the last of a month.</summary>
    public DateTimeOffset EndOf(Month month) => StartOf(month.Next);
}

/// <summary>A calendar month, such as a settlement period. Written 2026-11.</summary>
/// <param name="Year">1 to 9999.</param>
/// <param name="Number">1 to 12.</param>
public readonly record struct Month(int Year, int Number) : IComparable<Month>
{
    /// <summary>The month a day is in.</summary>
    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>A month from 2000 on as it is written, 2026-11; null where it isn't one.</summary>
    public static Month? Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 9999 ? Of(day) : null;

    /// <summary>Its first day.</summary>
    public DateOnly FirstDay => new(Year, Number, 1);

    /// <summary>Its last day.</summary>
    public DateOnly LastDay => new(Year, Number, DateTime.DaysInMonth(Year, Number));

    /// <summary>The month after.</summary>
    public Month Next => Number == 12 ? new(Year + 1, 1) : new(Year, Number + 1);

    /// <summary>The month before.</summary>
    public Month Previous => Number == 1 ? new(Year - 1, 12) : new(Year, Number - 1);

    /// <inheritdoc />
    public int CompareTo(Month other) => (Year, Number).CompareTo((other.Year, other.Number));

    /// <inheritdoc />
    public override string ToString() => $"{Year:0000}-{Number:00}";

    /// <summary>Earlier.</summary>
    public static bool operator <(Month left, Month right) => left.CompareTo(right) < 0;

    /// <summary>Later.</summary>
    public static bool operator >(Month left, Month right) => left.CompareTo(right) > 0;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(Month left, Month right) => left.CompareTo(right) <= 0;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(Month left, Month right) => left.CompareTo(right) >= 0;
}
