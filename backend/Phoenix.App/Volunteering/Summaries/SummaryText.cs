using System.Globalization;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Summaries;

/// <summary>
/// The automatic 小结 in plain Chinese, a paragraph a line. It is made to be shown and passed on, so it names nobody, and a figure of fewer than
/// <see cref="IServiceFigures.FewestPeople"/> people isn't told: neighbours could tell who they are.
/// </summary>
internal static class SummaryText
{
    /// <summary>Places that are named before the rest is only counted.</summary>
    private const int MaxPlaces = 3;

    private const string Thanks = "谢谢每一位志愿者，也谢谢支持活动的邻居们。";
    private const string CutShort = "其余时段的情况就不一一写了。";

    /// <summary>The text, at most <see cref="ActivitySummary.MaxTextLength"/> characters.</summary>
    public static string Of(SummaryMatter matter, CommunityTime time)
    {
        List<string> before = [Held(matter, time), .. Organisers(matter.Activity), .. Served(matter.Figures), .. Reached(matter.Figures)];
        List<string> after = [.. Coins(matter), .. Rated(matter.Figures), .. Missing(matter.Figures), Thanks];
        var room = ActivitySummary.MaxTextLength - before.Concat(after).Append(CutShort).Sum(p => p.Length + 1);
        return string.Join('\n', [.. before, .. Lines(matter.Shifts, time, room), .. after]);
    }

    /// <summary>Hours as the phone says them: 2.5.</summary>
    public static string Hours(long minutes) => (minutes / 60m).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Points as they are said: 4.8.</summary>
    public static string Points(int tenths) => (tenths / 10m).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>From which day to which, in words.</summary>
    public static string Days(DateOnly first, DateOnly last) => (first.Year == last.Year, first.Month == last.Month) switch
    {
        _ when first == last => $"{first.Year} 年 {Day(first)}",
        (true, true) => $"{first.Year} 年 {Day(first)}至 {last.Day} 日",
        (true, false) => $"{first.Year} 年 {Day(first)}至 {Day(last)}",
        _ => $"{first.Year} 年 {Day(first)}至 {last.Year} 年 {Day(last)}",
    };

    private static string Day(DateOnly day) => $"{day.Month} 月 {day.Day} 日";

    private static string Held(SummaryMatter matter, CommunityTime time)
    {
        var places = PlacesOf(matter.Shifts);
        var where = string.Join("、", places.Take(MaxPlaces)) + (places.Count > MaxPlaces ? $"等 {places.Count} 处" : "");
        var days = matter.Shifts.Select(s => time.DayOf(s.StartsAt)).Distinct().Count();
        var times = matter.Figures.Shifts == 1 ? "" : days == matter.Figures.Shifts ? $"，前后 {days} 天" : $"，一共 {matter.Figures.Shifts} 个时段";
        return $"{Days(matter.Figures.FirstDay, matter.Figures.LastDay)}，我们在{where}一起完成了“{matter.Activity.Title}”{times}。";
    }

    private static List<string> PlacesOf(IReadOnlyList<Shift> shifts) => [.. shifts.Select(s => s.Address).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Organisers(Activity a)
    {
        var lines = new[] { (a.GuidedBy, "指导"), (a.HostedBy, "主办"), (a.RunBy, "承办"), (a.OrganiserName, "组织") }.Where(l => l.Item1 is not null).Select(l => $"{l.Item1}{l.Item2}").ToList();
        if (lines.Count > 0)
            yield return $"活动由{string.Join("，", lines)}。";
    }

    private static IEnumerable<string> Served(SummaryFigures figures)
    {
        if (figures.Volunteers >= IServiceFigures.FewestPeople)
            yield return $"{figures.Volunteers} 位志愿者参加，一共服务了 {Hours(figures.Minutes)} 小时。";
        else if (figures.Volunteers > 0)
            yield return "志愿者们到场服务，辛苦了。";
    }

    private static IEnumerable<string> Reached(SummaryFigures figures)
    {
        // The same neighbour may have been served in two shifts.
        var people = figures.PeopleServed >= IServiceFigures.FewestPeople ? $"服务了 {figures.PeopleServed} {(figures.Shifts > 1 ? "人次" : "人")}" : null;
        var problems = figures.ProblemsSolved > 0 ? $"帮大家解决了 {figures.ProblemsSolved} 个问题" : null;
        if (people is not null || problems is not null)
            yield return string.Join("，", new[] { people, problems }.Where(p => p is not null)) + "。";
    }

    private static IEnumerable<string> Lines(IReadOnlyList<Shift> shifts, CommunityTime time, int room)
    {
        foreach (var shift in shifts.Where(s => s.ImpactLines is not null))
        {
            var line = shifts.Count == 1 ? shift.ImpactLines! : $"{Day(time.DayOf(shift.StartsAt))}：{shift.ImpactLines}";
            room -= line.Length + 1;
            if (room < 0)
            {
                yield return CutShort;
                yield break;
            }

            yield return line;
        }
    }

    private static IEnumerable<string> Coins(SummaryMatter matter)
    {
        if (matter.Figures.IsHoursOnly)
            yield return "这次活动只记时长，不发凤凰币。";
        else if (matter.CoinedPeople >= IServiceFigures.FewestPeople)
            yield return $"为志愿者发放凤凰币 {matter.Figures.Coins} 枚。";
    }

    private static IEnumerable<string> Rated(SummaryFigures figures)
    {
        if (figures.Ratings >= IServiceFigures.FewestPeople)
            yield return $"收到 {figures.Ratings} 位邻居的评价，平均 {Points(figures.RatingTenths!.Value)} 分（满分 5 分）。";
    }

    private static IEnumerable<string> Missing(SummaryFigures figures)
    {
        if (figures.Unverified > 0)
            yield return "还有志愿者的时长没核完，数字会再更新。";
        if (figures.WithoutFigures > 0)
            yield return "还有时段没填服务成效，填好后会补上。";
    }
}
