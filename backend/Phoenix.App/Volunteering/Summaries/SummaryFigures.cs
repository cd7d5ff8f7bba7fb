using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Records.Thanking;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Summaries;

/// <summary>What is recorded of an activity, in numbers. Nobody's name; for who runs it, so no figure is left out.</summary>
/// <param name="FirstDay">The day of the first shift that took place.</param>
/// <param name="LastDay">The day of the last.</param>
/// <param name="Shifts">How many took place.</param>
/// <param name="Volunteers">How many different people served, by the records that stand.</param>
/// <param name="Minutes">Minutes that they gave.</param>
/// <param name="IsHoursOnly">只记时长.</param>
/// <param name="Coins">Coins for it.</param>
/// <param name="PeopleServed">People served, as leaders counted them; null where none did.</param>
/// <param name="ProblemsSolved">Problems solved, as leaders counted them; null where none did.</param>
/// <param name="Ratings">How many neighbours rated it.</param>
/// <param name="RatingTenths">Their mean, in tenths of a point; null without one.</param>
/// <param name="Unverified">Whose time isn't verified yet, people.</param>
/// <param name="WithoutFigures">Shifts of which nothing was entered.</param>
public sealed record SummaryFigures(
    DateOnly FirstDay, DateOnly LastDay, int Shifts, int Volunteers, long Minutes, bool IsHoursOnly, long Coins, long? PeopleServed, long? ProblemsSolved, int Ratings, int? RatingTenths,
    int Unverified, int WithoutFigures)
{
    /// <summary>What is still to be done before the figures are whole, a sentence each.</summary>
    internal IReadOnlyList<string> Missing =>
    [
        .. Unverified == 0 ? Array.Empty<string>() : [$"还有 {Unverified} 人的时长没有核，请负责人先核时长。"],
        .. WithoutFigures == 0 ? Array.Empty<string>() : [$"还有 {WithoutFigures} 个时段没填服务成效，请负责人补上。"],
    ];
}

/// <summary>All that the automatic text is made of.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Shifts">Those that took place, by time.</param>
/// <param name="Figures">The numbers.</param>
/// <param name="CoinedPeople">How many different people got coins.</param>
internal sealed record SummaryMatter(Activity Activity, IReadOnlyList<Shift> Shifts, SummaryFigures Figures, int CoinedPeople);

/// <summary>Gathers what is recorded of an activity.</summary>
internal sealed class SummaryReader(PhoenixDb db, ICommunityCalendar calendar, Clock clock)
{
    private static readonly AttendanceState[] s_waiting = [AttendanceState.Open, AttendanceState.CheckedOut, AttendanceState.Proposed];

    /// <summary>What there is to sum up, or <see cref="SummaryOfNothing"/>, <see cref="SummaryOfStanding"/>, <see cref="SummaryTooEarly"/>.</summary>
    public async Task<Result<SummaryMatter>> Gather(Activity activity, CancellationToken cancel)
    {
        if (activity.Kind == ActivityKind.Standing)
            return new SummaryOfStanding();
        if (activity.State is ActivityState.Draft or ActivityState.Cancelled)
            return new SummaryOfNothing();
        var shifts = await db.Set<Shift>().AsNoTracking().Where(s => s.ActivityId == activity.Id && s.State == ShiftState.Open).OrderBy(s => s.StartsAt).ThenBy(s => s.Id).ToListAsync(cancel);
        var now = clock.Now;
        if (shifts.Exists(s => s.EndsAt > now))
            return new SummaryTooEarly();
        return shifts.Count == 0 ? new SummaryOfNothing() : await Count(activity, shifts, cancel);
    }

    private async Task<SummaryMatter> Count(Activity activity, List<Shift> shifts, CancellationToken cancel)
    {
        var (id, ids) = (activity.Id, shifts.ConvertAll(s => s.Id));
        var records = db.Set<ServiceRecord>().Where(r => r.ActivityId == id && r.Ending == null);
        var people = await records.Select(r => r.PersonId).Distinct().CountAsync(cancel);
        var coined = await records.Where(r => r.Coins > 0).Select(r => r.PersonId).Distinct().CountAsync(cancel);
        var (minutes, coins) = (await records.SumAsync(r => (long)r.Minutes, cancel), await records.SumAsync(r => r.Coins, cancel));
        var ratings = db.Set<ServiceThanks>().Where(t => ids.Contains(t.ShiftId));
        var (rated, points) = (await ratings.CountAsync(cancel), await ratings.SumAsync(t => t.Rating, cancel));
        var unverified = await db.Set<Attendance>().Where(a => a.ActivityId == id && s_waiting.Contains(a.State)).Select(a => a.PersonId).Distinct().CountAsync(cancel);
        var figures = new SummaryFigures(
            calendar.Time.DayOf(shifts[0].StartsAt), calendar.Time.DayOf(shifts[^1].StartsAt), shifts.Count, people, minutes, activity.IsHoursOnly, coins,
            SumOf(shifts, s => s.PeopleServed), SumOf(shifts, s => s.ProblemsSolved), rated, rated == 0 ? null : (points * 10 + rated / 2) / rated, unverified,
            shifts.Count(s => s is { PeopleServed: null, ProblemsSolved: null, ImpactLines: null }));
        return new SummaryMatter(activity, shifts, figures, coined);
    }

    private static long? SumOf(List<Shift> shifts, Func<Shift, int?> figure) => shifts.Exists(s => figure(s) is not null) ? shifts.Sum(s => (long)(figure(s) ?? 0)) : null;
}
