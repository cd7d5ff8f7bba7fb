using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>What published activities may still bring.</summary>
internal sealed class OpenPromises(PhoenixDb db) : ICoinPromises
{
    public Task<long> Open(CancellationToken cancel) => db.Set<Activity>()
        .Where(a => (a.State == ActivityState.Published || a.State == ActivityState.Ended) && a.PromisedCoins > a.IssuedCoins)
        .SumAsync(a => a.PromisedCoins - a.IssuedCoins, cancel);
}

/// <summary>How many coins an activity promises, and whether the fund covers it.</summary>
internal sealed class Promises(PhoenixDb db, CoinRuleBook rules, ICommunityCalendar calendar, IFundGate gate)
{
    /// <summary>Gives each shift that has none the rule of its day. Rules apply forward only: one that has a rule keeps it.</summary>
    public async Task<Error?> Pin(Activity activity, IEnumerable<Shift> shifts, CancellationToken cancel)
    {
        if (activity.IsHoursOnly)
            return null;
        var all = await rules.All(cancel);
        foreach (var shift in shifts.Where(s => s.CoinRuleVersion is null))
        {
            if (RuleOn(all, shift) is not { } rule)
                return new CoinRuleMissing();
            shift.CoinRuleVersion = rule.Version;
        }

        return null;
    }

    /// <summary>
    /// Capacity × length by the rule, over all shifts that take place, at most the budget. A standing activity goes on making shifts, so it promises its
    /// whole budget.
    /// </summary>
    public async Task<long> Projected(Activity activity, IEnumerable<Shift> shifts, CancellationToken cancel)
    {
        if (activity.IsHoursOnly)
            return 0;
        var budget = activity.BudgetCoins ?? 0;
        if (activity.Kind == ActivityKind.Standing)
            return budget;
        var all = await rules.All(cancel);
        var coins = shifts.Where(s => s.State == ShiftState.Open)
            .Sum(s => s.Capacity * (all.FirstOrDefault(r => r.Version == s.CoinRuleVersion) ?? RuleOn(all, s))?.CoinsFor(s.Minutes) ?? 0L);
        return Math.Min(budget, coins);
    }

    /// <summary>Sets what the activity promises to what it projects now. What that is more must pass the fund gate, under the community's lock.</summary>
    public async Task<Error?> Renew(Activity activity, IEnumerable<Shift> shifts, CancellationToken cancel)
    {
        var promise = Math.Max(await Projected(activity, shifts, cancel), activity.IssuedCoins);
        var more = promise - (activity.State is ActivityState.Draft ? 0 : activity.PromisedCoins);
        if (more > 0 && (await gate.Admit(more, cancel)).Error is { } refusal)
            return refusal;
        activity.PromisedCoins = promise;
        return null;
    }

    /// <summary>The shifts of an activity.</summary>
    public Task<List<Shift>> ShiftsOf(Guid activityId, CancellationToken cancel) =>
        db.Set<Shift>().Where(s => s.ActivityId == activityId).OrderBy(s => s.StartsAt).ThenBy(s => s.Id).ToListAsync(cancel);

    private CoinRule? RuleOn(IReadOnlyList<CoinRule> newestFirst, Shift shift)
    {
        var day = calendar.Time.DayOf(shift.StartsAt);
        return newestFirst.FirstOrDefault(r => r.EffectiveFrom <= day);
    }
}
