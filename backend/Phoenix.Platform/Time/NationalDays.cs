namespace Phoenix.Platform.Time;

/// <summary>
/// China's public holidays with the weekend days worked in exchange (调休), as the State Council's general office announces them each
/// November. A year that isn't here yet counts Monday to Friday until a release or the community's staff enter its days:
/// <see cref="Knows"/> lets staff be told.
/// </summary>
public static class NationalDays
{
    private static readonly Dictionary<DateOnly, (bool IsWorking, string Name)> s_days = Build();

    /// <summary>Whether the year's arrangement is in this table.</summary>
    public static bool Knows(int year) => s_days.ContainsKey(new DateOnly(year, 10, 1));

    /// <summary>The day's part in the arrangement; null for a day it doesn't name.</summary>
    public static (bool IsWorking, string Name)? Find(DateOnly date) => s_days.TryGetValue(date, out var day) ? day : null;

    private static Dictionary<DateOnly, (bool, string)> Build()
    {
        var days = new Dictionary<DateOnly, (bool, string)>();

        // 国务院办公厅关于2026年部分节假日安排的通知, 2025-11-04.
        Off("元旦", new(2026, 1, 1), 3);
        Off("春节", new(2026, 2, 15), 9);
        Off("清明节", new(2026, 4, 4), 3);
        Off("劳动节", new(2026, 5, 1), 5);
        Off("端午节", new(2026, 6, 19), 3);
        Off("中秋节", new(2026, 9, 25), 3);
        Off("国庆节", new(2026, 10, 1), 7);
        Worked("元旦", [new(2026, 1, 4)]);
        Worked("春节", [new(2026, 2, 14), new(2026, 2, 28)]);
        Worked("劳动节", [new(2026, 5, 9)]);
        Worked("国庆节", [new(2026, 9, 20), new(2026, 10, 10)]);
        return days;

        void Off(string name, DateOnly first, int count)
        {
            for (var i = 0; i < count; i++)
                days.Add(first.AddDays(i), (false, name));
        }

        void Worked(string name, ReadOnlySpan<DateOnly> dates)
        {
            foreach (var date in dates)
                days.Add(date, (true, name + "调休上班"));
        }
    }
}
