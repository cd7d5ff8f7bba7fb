using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records;

/// <summary>
/// To what kinds of help the recorded service came, for everybody to read. A kind in which fewer than <see cref="IServiceFigures.FewestPeople"/> different people served isn't
/// told: a neighbour could tell who they are.
/// </summary>
internal sealed class HelpFigures(PhoenixDb db, ICommunityCalendar calendar) : IHelpFigures, IServiceFigures
{
    public async Task<IReadOnlyList<HelpGiven>> Between(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var (served, reached) = (await Served(from, to, cancel), await Reached(from, to, cancel));
        return [.. served.Where(s => s.People >= IServiceFigures.FewestPeople).Select(s => new HelpGiven(WordOf(s.Category), s.Minutes, reached.GetValueOrDefault(s.Category)))];
    }

    public async Task<IReadOnlyList<ServiceMonth>> Between(Month from, Month to, CancellationToken cancel)
    {
        var months = new List<ServiceMonth>();
        for (var month = from; month <= to; month = month.Next)
        {
            var (first, last) = (month.FirstDay, month.LastDay);
            var live = db.Set<ServiceRecord>().Where(r => r.Ending == null && r.Day >= first && r.Day <= last);
            var people = await live.Select(r => r.PersonId).Distinct().CountAsync(cancel);
            var isTold = people is 0 or >= IServiceFigures.FewestPeople;
            months.Add(new ServiceMonth(
                month, isTold ? await live.SumAsync(r => (long)r.Minutes, cancel) : null, isTold ? people : null, (await Reached(first, last, cancel)).Values.Sum()));
        }

        return months;
    }

    public async Task<IReadOnlyList<ServiceKind>> KindsOf(Month month, CancellationToken cancel)
    {
        var (first, last) = (month.FirstDay, month.LastDay);
        var (served, reached) = (await Served(first, last, cancel), await Reached(first, last, cancel));
        var told = served.Where(s => s.People >= IServiceFigures.FewestPeople).ToList();
        var untold = served.Where(s => s.People < IServiceFigures.FewestPeople).Select(s => s.Category).ToList();
        if (untold.Count > 0 && told.Count > 0)
        {
            var hidden = await db.Set<ServiceRecord>().Where(r => r.Ending == null && r.Day >= first && r.Day <= last)
                .Join(db.Set<Activity>(), r => r.ActivityId, a => (Guid?)a.Id, (r, a) => new { a.Category, r.PersonId })
                .Where(r => untold.Contains(r.Category)).Select(r => r.PersonId).Distinct().CountAsync(cancel);
            if (hidden < IServiceFigures.FewestPeople)
                told.Remove(told.MinBy(s => s.People)!);
        }

        return [.. told.Select(s => new ServiceKind(WordOf(s.Category), s.Minutes, reached.GetValueOrDefault(s.Category)))];
    }

    private async Task<List<KindServed>> Served(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var served = await db.Set<ServiceRecord>().Where(r => r.Ending == null && r.Day >= from && r.Day <= to)
            .Join(db.Set<Activity>(), r => r.ActivityId, a => (Guid?)a.Id, (r, a) => new { a.Category, r.PersonId, r.Minutes })
            .GroupBy(r => r.Category).Select(g => new { Category = g.Key, People = g.Select(r => r.PersonId).Distinct().Count(), Minutes = g.Sum(r => (long)r.Minutes) }).ToListAsync(cancel);
        return [.. served.OrderBy(s => s.Category).Select(s => new KindServed(s.Category, s.People, s.Minutes))];
    }

    private async Task<Dictionary<ImpactCategory, long>> Reached(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var (start, end) = (calendar.Time.StartOf(from), calendar.Time.EndOf(to));
        return await db.Set<Shift>().Where(s => s.State == ShiftState.Open && s.StartsAt >= start && s.StartsAt < end && s.PeopleServed != null)
            .Join(db.Set<Activity>(), s => s.ActivityId, a => a.Id, (s, a) => new { a.Category, s.PeopleServed })
            .GroupBy(s => s.Category).Select(g => new { g.Key, People = g.Sum(s => (long)s.PeopleServed!.Value) }).ToDictionaryAsync(g => g.Key, g => g.People, cancel);
    }

    /// <summary>A kind of help on screen.</summary>
    public static string WordOf(ImpactCategory category) => category switch
    {
        ImpactCategory.EldersAndChildren => "一老一小",
        ImpactCategory.NewEmployment => "新就业群体",
        ImpactCategory.Neighbourliness => "居民融合",
        ImpactCategory.Governance => "小区治理",
        ImpactCategory.Courtesy => "文明劝导",
        ImpactCategory.Environment => "环保科普",
        ImpactCategory.SafetyAndHealth => "平安健康",
        _ => "其他",
    };

    private sealed record KindServed(ImpactCategory Category, int People, long Minutes);
}
