using System.Globalization;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Posters;

/// <summary>What stands on a poster about an activity. Free places don't: they change, the paper doesn't.</summary>
internal static class PosterWords
{
    /// <summary>Shifts that are named before the code is left to tell of the rest.</summary>
    private const int MaxShifts = 4;

    /// <summary>Places that are named.</summary>
    private const int MaxPlaces = 2;

    private static readonly string[] s_weekdays = ["日", "一", "二", "三", "四", "五", "六"];

    /// <summary>Labels and what stands beside them, from top to bottom.</summary>
    public static IReadOnlyList<(string Label, string Text)> Rows(Activity activity, IReadOnlyList<Shift> shifts, IReadOnlyList<CoinRule> rules, CommunityTime time)
    {
        var places = shifts.Select(s => s.Address).Distinct(StringComparer.Ordinal).ToList();
        var rows = new List<(string, string)>();
        rows.AddRange(shifts.Take(MaxShifts).Select((s, i) => (i == 0 ? "时间" : "", When(s, time))));
        if (shifts.Count > MaxShifts)
            rows.Add(("", $"还有 {shifts.Count - MaxShifts} 个时段，扫码看全部"));
        rows.Add(("地点", string.Join("；", places.Take(MaxPlaces)) + (places.Count > MaxPlaces ? $"等 {places.Count} 处" : "")));
        rows.AddRange(new[] { ("指导", activity.GuidedBy), ("主办", activity.HostedBy), ("承办", activity.RunBy), ("组织", activity.OrganiserName) }.Where(r => r.Item2 is not null).Select(r => (r.Item1, r.Item2!)));
        rows.Add(("感谢", Thanked(activity, shifts, rules)));
        rows.Add(("联系", string.Join(' ', new[] { activity.ContactName, activity.ContactPhone }.Where(t => t is not null))));
        return rows;
    }

    private static string When(Shift shift, CommunityTime time)
    {
        var (day, lastDay) = (time.DayOf(shift.StartsAt), time.DayOf(shift.EndsAt));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{day.Month} 月 {day.Day} 日（周{s_weekdays[(int)day.DayOfWeek]}）{time.TimeOf(shift.StartsAt):H\\:mm}–{(lastDay == day ? "" : "次日 ")}{time.TimeOf(shift.EndsAt):H\\:mm}");
    }

    // As the rule of each shift has it; an hour's worth isn't said, since a rule may be by shift.
    private static string Thanked(Activity activity, IReadOnlyList<Shift> shifts, IReadOnlyList<CoinRule> rules)
    {
        if (activity.IsHoursOnly)
            return "记录志愿服务时长";
        var coins = shifts.Select(s => rules.FirstOrDefault(r => r.Version == s.CoinRuleVersion)?.CoinsFor(s.Minutes) ?? 0).Distinct().ToList();
        return coins is [var one] ? $"记录志愿服务时长，参加一次 {one} 枚凤凰币" : $"记录志愿服务时长，参加一次 {coins.Min()} 到 {coins.Max()} 枚凤凰币";
    }
}
