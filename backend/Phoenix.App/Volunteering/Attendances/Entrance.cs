using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>Letting people through a shift's door, one by one or as a family, under the shift's lock; who isn't on the list comes in while places remain.</summary>
internal sealed class Entrance(
    PhoenixDb db, IPeople people, Leaderships leaderships, SignupChecks checks, ShiftPlaces places, PersonTimes times, ICommunityCalendar calendar, INotifications notifications, IIds ids, Clock clock)
{
    /// <summary>The shift, locked, with its activity, where the caller leads it or is staff; null otherwise.</summary>
    public async Task<(Shift Shift, Activity Activity)?> Led(Guid shiftId, Http.Caller caller, CancellationToken cancel)
    {
        if (await db.LockShift(shiftId, cancel) is not { } shift || !await Leads(shift, caller, cancel))
            return null;
        return (shift, await db.Set<Activity>().SingleAsync(a => a.Id == shift.ActivityId, cancel));
    }

    /// <summary>Whether the caller leads the shift or is staff.</summary>
    public async Task<bool> Leads(Shift shift, Http.Caller caller, CancellationToken cancel) =>
        caller.Is(Http.Role.Staff) || caller.Is(Http.Role.SocialWorker) || await leaderships.Leads(caller.PersonId, shift, cancel);

    /// <summary>
    /// The members' sign-ups, with a place each: those on the list; a walk-in where one isn't and there is room. All of them or the first refusal:
    /// what <see cref="SignupChecks.All"/> refuses, <see cref="NoPlace"/>, <see cref="WalkInsNotNow"/>, <see cref="ShiftFull"/>, <see cref="SignupOverlap"/>.
    /// </summary>
    /// <param name="shift">The shift, locked.</param>
    /// <param name="activity">Its activity.</param>
    /// <param name="members">Who stands at the door.</param>
    /// <param name="takesWalkIns">Whether somebody who isn't on the list may come in.</param>
    /// <param name="check">When and by whom.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<Result<Dictionary<Guid, Signup>>> Places(Shift shift, Activity activity, IReadOnlyList<MemberHead> members, bool takesWalkIns, Check check, CancellationToken cancel)
    {
        var (persons, live, now) = (members.Select(m => m.PersonId).ToList(), SignupStates.Live.ToArray(), clock.Now);
        var there = await db.Set<Signup>().Where(s => s.ShiftId == shift.Id && persons.Contains(s.PersonId) && live.Contains(s.State)).ToDictionaryAsync(s => s.PersonId, cancel);
        var outside = members.Where(m => !there.TryGetValue(m.PersonId, out var s) || !SignupStates.Holds(s.State) || s.State == SignupState.Offered).ToList();
        foreach (var member in members)
            if (await people.MayTakePart(member.PersonId, calendar.Time.DayOf(shift.StartsAt), cancel) is { } refusal)
                return refusal;
        if (outside.Count == 0)
            return there;
        // Once all shifts are over the activity has ended; what happened before that may still be entered.
        if (SignupChecks.Open(activity, shift) is { } closed && (closed is not SignupClosed || activity.State != ActivityState.Ended))
            return closed;
        if (!takesWalkIns || outside.Exists(m => there.TryGetValue(m.PersonId, out var s) && s.State == SignupState.Requested) || (activity.NeedsApproval && outside.Exists(m => !there.ContainsKey(m.PersonId))))
            return new NoPlace();
        if (check.At < shift.StartsAt - SignupTimes.WalkInsBefore || check.At >= shift.EndsAt)
            return new WalkInsNotNow();
        return await LetIn(shift, outside, there, check.By, now, cancel) is { } unfit ? unfit : there;
    }

    private async Task<Error?> LetIn(Shift shift, List<MemberHead> outside, Dictionary<Guid, Signup> there, Guid by, DateTimeOffset now, CancellationToken cancel)
    {
        SignupState? StateOf(MemberHead member) => there.GetValueOrDefault(member.PersonId)?.State;
        var held = outside.Where(m => StateOf(m) == SignupState.NoShow).ToList();
        if (await checks.All(shift, [.. outside.Except(held)], cancel) is { } unfit)
            return unfit;
        // Who was held to be absent had every check before; meanwhile they may have gone elsewhere.
        var busy = await times.Busy(held.ConvertAll(m => m.PersonId), shift.Id, shift.StartsAt, shift.EndsAt, cancel);
        if (busy.Count > 0)
            return new SignupOverlap(held.First(m => busy.Contains(m.PersonId)).Name);
        if (await places.Free(shift, cancel) < outside.Count(m => StateOf(m) != SignupState.Offered))
            return new ShiftFull();
        foreach (var member in outside)
            if (!there.TryGetValue(member.PersonId, out var signup))
            {
                var id = ids.New();
                db.Add(there[member.PersonId] = Signup.New(id, id, shift, (member.PersonId, member.MemberId), (by, SignupSource.WalkIn), SignupState.Confirmed, false, now));
            }
            else if (signup.State != SignupState.NoShow)
            {
                signup.Become(SignupState.Confirmed, now);
            }

        await db.SaveChangesAsync(cancel);
        return null;
    }

    /// <summary>The person's attendance of a sign-up; null for none.</summary>
    public Task<Attendance?> Of(Signup signup, CancellationToken cancel) => db.Set<Attendance>().FirstOrDefaultAsync(a => a.SignupId == signup.Id, cancel);

    /// <summary>Writes what happened, and tells the person where somebody else let them in.</summary>
    public async Task Note(Activity activity, Passed passed, Check check, CancellationToken cancel, Guid? eventId = null, DateTimeOffset? deviceAt = null)
    {
        if (passed.Event is not { } kind)
            return;
        var attendance = passed.Attendance;
        if (kind == AttendanceEventKind.In)
            db.Add(attendance);
        db.Add(Event(attendance, kind, check, null, eventId, deviceAt));
        await db.SaveChangesAsync(cancel);
        if (kind == AttendanceEventKind.In && check.By != attendance.PersonId && check.Way is not CheckWay.Scan)
            await notifications.Tell(new Notice(attendance.PersonId, $"checked-in:{attendance.Id:N}", new CheckedIn(activity.Title, attendance.CheckedInAt), $"pages/signups/signups?shift={attendance.ShiftId}"), cancel);
    }

    /// <summary>A line of evidence.</summary>
    public AttendanceEvent Event(Attendance attendance, AttendanceEventKind kind, Check check, string? note, Guid? id = null, DateTimeOffset? deviceAt = null) => new()
    {
        CommunityId = attendance.CommunityId,
        Id = id ?? ids.New(),
        ShiftId = attendance.ShiftId,
        MemberId = attendance.MemberId,
        AttendanceId = attendance.Id,
        Kind = kind,
        Way = check.Way,
        At = check.At,
        DeviceAt = deviceAt,
        HeardAt = clock.Now,
        By = check.By,
        Note = note,
    };
}
