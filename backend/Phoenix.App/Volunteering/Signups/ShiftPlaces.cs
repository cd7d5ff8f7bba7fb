using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>Locks a shift for everything that takes or gives back places.</summary>
public static class ShiftLock
{
    /// <summary>From here to the end of the transaction nobody else changes the shift's places; null where there is no such shift here. Never before the community's lock.</summary>
    public static async Task<Shift?> LockShift(this PhoenixDb db, Guid id, CancellationToken cancel)
    {
        if (db.Kind == DatabaseKind.PostgreSql)
            await db.Database.ExecuteSqlAsync($"select 1 from shifts where community_id = {db.Scope.CommunityId} and id = {id} for no key update", cancel);
        return await db.Set<Shift>().FirstOrDefaultAsync(s => s.Id == id, cancel);
    }
}

/// <summary>Whose time is taken. A minute counts once per person wherever it is spent, so this is the one query that looks across communities (hard rule 9).</summary>
internal sealed class PersonTimes(PhoenixDb db)
{
    /// <summary>Those of the persons who have a place elsewhere in a time, in any community.</summary>
    public async Task<IReadOnlySet<Guid>> Busy(IReadOnlyCollection<Guid> persons, Guid exceptShift, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var held = SignupStates.Holding.ToArray();
        var busy = await db.Set<Signup>().IgnoreQueryFilters()
            .Where(s => persons.Contains(s.PersonId) && s.ShiftId != exceptShift && held.Contains(s.State) && s.StartsAt < to && s.EndsAt > from)
            .Select(s => s.PersonId).Distinct().ToListAsync(cancel);
        return busy.ToHashSet();
    }
}

/// <summary>Gives out a shift's places: in order, each once. Called under the shift's lock, by whatever changed something and by the sweep.</summary>
internal sealed class ShiftPlaces(PhoenixDb db, PersonTimes times, SignupNotices notices, ICommunityCalendar calendar, Clock clock)
{
    /// <summary>
    /// Brings the shift up to the present instant: ends offers that nobody answered, ends the waitlist of a shift that began, and offers free places to
    /// those who wait, in order. People of one call get their places together; where they don't fit, or have another place at that time, the next may go first.
    /// </summary>
    public async Task Settle(Activity activity, Shift shift, CancellationToken cancel)
    {
        var now = clock.Now;
        await db.SaveChangesAsync(cancel);
        var begun = shift.StartsAt <= now;
        var over = await db.Set<Signup>().Where(s => s.ShiftId == shift.Id
            && ((s.State == SignupState.Offered && s.AnswerBy <= now) || (begun && (s.State == SignupState.Waitlisted || s.State == SignupState.Requested)))).ToListAsync(cancel);
        foreach (var signup in over)
            signup.Become(SignupState.Lapsed, now);
        await db.SaveChangesAsync(cancel);
        if (activity.State == ActivityState.Published && shift.State == ShiftState.Open && SignupTimes.AnswerBy(now, shift.StartsAt, calendar.Time) is { } answerBy)
            await OfferFree(activity, shift, now, answerBy, cancel);
    }

    /// <summary>Free places, as the database counts them.</summary>
    public async Task<int> Free(Shift shift, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        return shift.Capacity - await db.Set<Shift>().Where(s => s.Id == shift.Id).Select(s => s.Taken).SingleAsync(cancel);
    }

    /// <summary>Takes the sign-ups along to the shift's new time; <see cref="OverlapsOthers"/> where somebody's other place stands in the way.</summary>
    public async Task<Error?> Move(Shift shift, CancellationToken cancel)
    {
        var live = SignupStates.Live.ToArray();
        var signups = await db.Set<Signup>().Where(s => s.ShiftId == shift.Id && live.Contains(s.State)).ToListAsync(cancel);
        var holding = signups.Where(s => SignupStates.Holds(s.State)).Select(s => s.PersonId).ToList();
        var busy = await times.Busy(holding, shift.Id, shift.StartsAt, shift.EndsAt, cancel);
        if (busy.Count > 0)
            return new OverlapsOthers(busy.Count);
        foreach (var signup in signups)
            (signup.StartsAt, signup.EndsAt) = (shift.StartsAt, shift.EndsAt);
        return null;
    }

    private async Task OfferFree(Activity activity, Shift shift, DateTimeOffset now, DateTimeOffset answerBy, CancellationToken cancel)
    {
        var free = await Free(shift, cancel);
        if (free <= 0)
            return;
        var waiting = await db.Set<Signup>().Where(s => s.ShiftId == shift.Id && s.State == SignupState.Waitlisted).OrderBy(s => s.CreatedAt).ThenBy(s => s.Id).ToListAsync(cancel);
        var busy = await times.Busy(waiting.ConvertAll(s => s.PersonId), shift.Id, shift.StartsAt, shift.EndsAt, cancel);
        var offered = new List<Signup>();
        foreach (var group in waiting.GroupBy(s => s.GroupId).Where(g => !g.Any(s => busy.Contains(s.PersonId))))
        {
            if (group.Count() > free)
                continue;
            foreach (var signup in group)
                signup.Offer(now, answerBy);
            offered.AddRange(group);
            free -= group.Count();
        }

        await db.SaveChangesAsync(cancel);
        await notices.Offered(activity, shift, offered, answerBy, cancel);
    }
}

/// <summary>Every minute: offers whose time is over pass on to the next; waitlists of shifts that began end. Lost, late or twice it does the same.</summary>
internal sealed class PassOffersOn(ICommunities communities, Clock clock) : Hosting.ISweep
{
    /// <summary>Shifts at once.</summary>
    public const int BatchSize = 200;

    public string Name => "signups.offers";

    public string Cron => "* * * * *";

    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var (db, places) = (services.GetRequiredService<PhoenixDb>(), services.GetRequiredService<ShiftPlaces>());
        var now = clock.Now;
        var due = await db.Set<Signup>()
            .Where(s => (s.State == SignupState.Offered && s.AnswerBy <= now) || ((s.State == SignupState.Waitlisted || s.State == SignupState.Requested) && s.StartsAt <= now))
            .Select(s => s.ShiftId).Distinct().OrderBy(id => id).Take(BatchSize).ToListAsync(cancel);
        foreach (var id in due)
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var shift = (await db.LockShift(id, cancel))!;
            await places.Settle(await db.Set<Activity>().SingleAsync(a => a.Id == shift.ActivityId, cancel), shift, cancel);
            await transaction.CommitAsync(cancel);
        }
    }, cancel);
}
