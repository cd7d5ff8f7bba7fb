using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>Who may verify which shift, and whose time they leave to another.</summary>
internal sealed class VerifyRights(PhoenixDb db, Leaderships leaderships, IPeople people, Clock clock)
{
    /// <summary>Whether the caller verifies this shift: its leader, staff, a social worker.</summary>
    public async Task<bool> May(Caller caller, Shift shift, CancellationToken cancel) =>
        caller.Is(Role.Staff) || caller.Is(Role.SocialWorker) || await leaderships.Leads(caller.PersonId, shift, cancel);

    /// <summary>The persons whose time the caller doesn't verify: themselves, children and 家人 for whom they act, and who acts for them (hard rule 5).</summary>
    public async Task<Guid[]> Own(Guid caller, CancellationToken cancel)
    {
        var actsFor = (await people.ActsFor(caller, cancel)).Select(a => a.Member.PersonId);
        return [.. actsFor.Concat(await people.NoticesGoTo(caller, cancel)).Append(caller).Distinct()];
    }

    /// <summary>The shift and its activity, locked and tracked; or <see cref="UnknownShift"/>, <see cref="ActivityFinished"/>, <see cref="VerifyTooEarly"/>.</summary>
    public async Task<Result<(Shift Shift, Activity Activity)>> Lock(Guid shiftId, Caller caller, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        if (await Signups.ShiftLock.LockShift(db, shiftId, cancel) is not { } shift || !await May(caller, shift, cancel))
            return new UnknownShift();
        var activity = (await db.Set<Activity>().FindAsync([shift.CommunityId, shift.ActivityId], cancel))!;
        if (shift.State == ShiftState.Cancelled || activity.State is ActivityState.Closed or ActivityState.Cancelled)
            return new ActivityFinished();
        return activity.State == ActivityState.Draft || shift.StartsAt > clock.Now ? new VerifyTooEarly() : (shift, activity);
    }
}
