using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>What signing up tells whom. In the unit of work of what it tells of; the same event tells a person once.</summary>
internal sealed class SignupNotices(PhoenixDb db, INotifications notifications, Clock clock)
{
    /// <summary>They have places, or wait. Who signed them up is told too.</summary>
    public Task SignedUp(Activity activity, Shift shift, SignupState state, IReadOnlyCollection<Guid> persons, Guid signedBy, int position, CancellationToken cancel)
    {
        NoticeFacts? facts = state switch
        {
            SignupState.Confirmed => new SignupConfirmed(activity.Title, shift.StartsAt, shift.Address),
            SignupState.Waitlisted => new SignupWaitlisted(activity.Title, shift.StartsAt, position),
            _ => null,
        };
        // At the same shift again after a cancellation is another event.
        return facts is null || persons.Count == 0
            ? Task.CompletedTask
            : Tell(persons.Append(signedBy), $"signup-{state}:{shift.Id:N}:{clock.Now.ToUnixTimeMilliseconds()}", facts, shift, cancel);
    }

    /// <summary>Places are kept for them.</summary>
    public Task Offered(Activity activity, Shift shift, IReadOnlyCollection<Signup> signups, DateTimeOffset answerBy, CancellationToken cancel) =>
        Tell(signups.SelectMany(Both), $"place-offered:{shift.Id:N}:{answerBy.ToUnixTimeMilliseconds()}", new PlaceOffered(activity.Title, shift.StartsAt, answerBy), shift, cancel);

    /// <summary>The leader hears of those who cancelled late.</summary>
    public async Task Dropped(Activity activity, Shift shift, IReadOnlyCollection<Signup> signups, CancellationToken cancel)
    {
        if (shift.LeaderId is { } leader && signups.Count > 0)
            await Tell([leader], $"signup-dropped:{signups.First().Id:N}", new SignupDropped(activity.Title, shift.StartsAt, signups.Count), shift, cancel);
    }

    /// <summary>It was rejected, and why.</summary>
    public Task Rejected(Activity activity, Shift shift, Signup signup, CancellationToken cancel) =>
        Tell(Both(signup), $"signup-rejected:{signup.Id:N}", new SignupRejected(activity.Title, shift.StartsAt, signup.Reason!), shift, cancel);

    /// <summary>Everybody who has a place or waits hears of a change.</summary>
    public async Task Changed(Activity activity, Shift shift, DateTimeOffset before, CancellationToken cancel) => await Tell(
        await Everybody(shift, cancel), $"shift-changed:{shift.Id:N}:{activity.Version}.{shift.Version}", new ShiftChanged(activity.Title, shift.StartsAt, shift.Address, before), shift, cancel);

    /// <summary>Everybody who has a place or waits hears that it is off.</summary>
    public async Task Cancelled(Activity activity, Shift shift, string reason, CancellationToken cancel) => await Tell(
        await Everybody(shift, cancel), $"shift-cancelled:{shift.Id:N}", new ShiftCancelled(activity.Title, shift.StartsAt, reason), shift, cancel);

    private static IEnumerable<Guid> Both(Signup signup) => [signup.PersonId, signup.SignedBy];

    private async Task<IEnumerable<Guid>> Everybody(Shift shift, CancellationToken cancel)
    {
        SignupState[] told = [SignupState.Requested, SignupState.Waitlisted, SignupState.Offered, SignupState.Confirmed, SignupState.CheckedIn];
        var signups = await db.Set<Signup>().Where(s => s.ShiftId == shift.Id && told.Contains(s.State)).ToListAsync(cancel);
        return signups.SelectMany(s => s.Source is SignupSource.Self or SignupSource.Family ? Both(s) : [s.PersonId]);
    }

    private async Task Tell(IEnumerable<Guid> persons, string key, NoticeFacts facts, Shift shift, CancellationToken cancel)
    {
        foreach (var some in persons.Distinct().Select(p => new Notice(p, key, facts, $"pages/signups/signups?shift={shift.Id}")).Chunk(NoticeLimits.Batch))
            await notifications.TellAll(some, cancel);
    }
}
