using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Needs;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>Whether people may take part in a shift: age on its day, consent, company, limits, time. For every way in: by tap, by the leader, at the door.</summary>
internal sealed class SignupChecks(PhoenixDb db, IPeople people, PersonTimes times, NeedShifts needs, ICommunityCalendar calendar, Clock clock)
{
    /// <summary>From this age on an age that nobody knows is taken for enough.</summary>
    public const int Adult = 18;

    /// <summary>Whether the activity takes sign-ups for the shift at all.</summary>
    public static Error? Open(Activity activity, Shift shift) => (activity.State, shift.State) switch
    {
        (ActivityState.Draft, _) => new UnknownShift(),
        (ActivityState.Published, ShiftState.Open) => null,
        (_, ShiftState.Cancelled) or (ActivityState.Cancelled, _) => new ShiftOff(),
        _ => new SignupClosed(),
    };

    /// <summary>The first refusal, or null. All of them come or none.</summary>
    /// <param name="shift">The shift.</param>
    /// <param name="members">Who would come.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<Error?> All(Shift shift, IReadOnlyList<MemberHead> members, CancellationToken cancel)
    {
        var (day, now) = (calendar.Time.DayOf(shift.StartsAt), clock.Now);
        var persons = members.Select(m => m.PersonId).ToList();
        var limit = await db.Set<SignupLimit>().AsNoTracking().Where(l => persons.Contains(l.PersonId) && l.LiftedAt == null && l.Until > now).OrderByDescending(l => l.Until).FirstOrDefaultAsync(cancel);
        if (limit is not null)
            return new SignupLimited(members.First(m => m.PersonId == limit.PersonId).Name, calendar.Time.DayOf(limit.Until));
        if (await db.Set<Signup>().AnyAsync(s => s.ShiftId == shift.Id && persons.Contains(s.PersonId) && s.State == SignupState.Rejected, cancel))
            return new SignupRejectedBefore();
        if (await needs.Helped(shift.Id, persons, cancel) is { Count: > 0 } helped)
            return new ServesThemselves(members.First(m => helped.Contains(m.PersonId)).Name);
        foreach (var member in members)
        {
            if (await people.MayTakePart(member.PersonId, day, cancel) is { } refusal)
                return refusal;
            if (shift.MinAge is { } least && await TooYoung(member, least, day, cancel) is { } young)
                return young;
        }

        if (await Company(shift, members, persons, day, cancel) is { } alone)
            return alone;
        var busy = await times.Busy(persons, shift.Id, shift.StartsAt, shift.EndsAt, cancel);
        return busy.Count > 0 ? new SignupOverlap(members.First(m => busy.Contains(m.PersonId)).Name) : null;
    }

    /// <summary>Minors on a shift who may be there only while one of these guardians is.</summary>
    public async Task<IReadOnlyList<Signup>> Dependents(Shift shift, IReadOnlyList<Signup> live, IReadOnlySet<Guid> leaving, CancellationToken cancel)
    {
        var minors = await people.MinorsAmong(live.Select(s => s.PersonId).ToList(), calendar.Time.DayOf(shift.StartsAt), cancel);
        var staying = live.Select(s => s.PersonId).Except(leaving).ToHashSet();
        return [.. live.Where(s => staying.Contains(s.PersonId) && minors.TryGetValue(s.PersonId, out var m) && Needs(shift, m) && m.GuardianIds.Any(leaving.Contains) && !m.GuardianIds.Any(staying.Contains))];
    }

    private static bool Needs(Shift shift, Minority minor) => shift.IsGuardianNeeded || minor.NeedsCompany;

    private async Task<Error?> TooYoung(MemberHead member, int least, DateOnly day, CancellationToken cancel)
    {
        if (await people.AgeOn(member.PersonId, day, cancel) is { } age)
            return age < least ? new TooYoung(member.Name, least) : null;
        return least > Adult ? new AgeUnknown(member.Name, least) : null;
    }

    private async Task<Error?> Company(Shift shift, IReadOnlyList<MemberHead> members, List<Guid> persons, DateOnly day, CancellationToken cancel)
    {
        var minors = await people.MinorsAmong(persons, day, cancel);
        foreach (var (child, minor) in minors.Where(m => Needs(shift, m.Value) && !m.Value.GuardianIds.Any(persons.Contains)))
        {
            var (live, guardians) = (SignupStates.Live.ToArray(), minor.GuardianIds.ToArray());
            if (!await db.Set<Signup>().AnyAsync(s => s.ShiftId == shift.Id && guardians.Contains(s.PersonId) && live.Contains(s.State) && s.State != SignupState.NoShow, cancel))
                return new GuardianNeeded(members.First(m => m.PersonId == child).Name);
        }

        return null;
    }
}
