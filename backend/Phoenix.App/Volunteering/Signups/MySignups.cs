using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>我的报名: one's own sign-ups and those of children and 家人 for whom one may sign up. What is to come by time; what is past, newest first.</summary>
public static class MySignups
{
    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/my/signups", Run).RequireRole(Role.Member).WithName("listMySignups").WithSummary("我的报名");
        community.MapGet("/my/signup-limits", Limits).RequireRole(Role.Member).WithName("listMySignupLimits").WithSummary("我的报名限制");
    }

    private static async Task<Results<Ok<Page<SignupView>>, Refusal>> Run(
        [AsParameters] PageQuery page, [FromQuery] bool? past, Caller caller, PhoenixDb db, IPeople people, Clock clock, CancellationToken cancel)
    {
        if (!page.Read<Cursor?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var (now, isPast) = (clock.Now, past is true);
        var family = (await people.ActsFor(caller.PersonId, cancel)).Where(a => a.Rights.HasFlag(FamilyRights.SignUp)).Select(a => a.Member.PersonId);
        var persons = family.Append(caller.PersonId).Distinct().ToList();
        var signups = db.Set<Signup>().AsNoTracking().Where(s => persons.Contains(s.PersonId) && (isPast ? s.EndsAt <= now : s.EndsAt > now));
        if (at.After is { } after)
        {
            var (start, id) = (after.StartsAt, after.Id);
            signups = isPast
                ? signups.Where(s => s.StartsAt < start || (s.StartsAt == start && s.Id.CompareTo(id) < 0))
                : signups.Where(s => s.StartsAt > start || (s.StartsAt == start && s.Id.CompareTo(id) > 0));
        }

        var sorted = isPast ? signups.OrderByDescending(s => s.StartsAt).ThenByDescending(s => s.Id) : signups.OrderBy(s => s.StartsAt).ThenBy(s => s.Id);
        var rows = await sorted.Take(at.Limit + 1).ToListAsync(cancel);
        var (shiftIds, activityIds) = (rows.Select(s => s.ShiftId).Distinct().ToList(), rows.Select(s => s.ActivityId).Distinct().ToList());
        var shifts = await db.Set<Shift>().AsNoTracking().Where(s => shiftIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        var activities = await db.Set<Activity>().AsNoTracking().Where(a => activityIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancel);
        var queue = await JoinShift.Queue(db, shiftIds, cancel);
        var views = rows.ConvertAll(s => SignupView.Of(s, activities[s.ActivityId], shifts[s.ShiftId], JoinShift.PositionOf(queue, s), now));
        return TypedResults.Ok(Page.Of(views, at.Limit, v => new Cursor(v.StartsAt, v.Id)));
    }

    private static async Task<Ok<Page<SignupLimits.Item>>> Limits(Caller caller, PhoenixDb db, Clock clock, CancellationToken cancel)
    {
        var now = clock.Now;
        var rows = await db.Set<SignupLimit>().AsNoTracking().Where(l => l.PersonId == caller.PersonId && l.LiftedAt == null && l.Until > now).OrderBy(l => l.Id).Take(PageQuery.MaxLimit).ToListAsync(cancel);
        return TypedResults.Ok(new Page<SignupLimits.Item>(rows.ConvertAll(l => SignupLimits.Show(l, null)), null));
    }

    private sealed record Cursor(DateTimeOffset StartsAt, Guid Id);
}
