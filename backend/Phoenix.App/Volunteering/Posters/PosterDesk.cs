using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Posters;

/// <summary>Activities that can be announced, to staff and to who leads one of their shifts.</summary>
internal sealed class PosterDesk(PhoenixDb db, Leaderships leaderships, Clock clock)
{
    /// <summary>The published activity and its shifts to come, by time; or <see cref="UnknownActivity"/>, <see cref="NothingToAnnounce"/>.</summary>
    public async Task<Result<(Activity Activity, IReadOnlyList<Shift> Shifts)>> Find(Guid id, Caller caller, CancellationToken cancel)
    {
        if (await leaderships.Run(id, caller, cancel) is not { } activity)
            return new UnknownActivity();
        var now = clock.Now;
        var shifts = await db.Set<Shift>().AsNoTracking().Where(s => s.ActivityId == id && s.State == ShiftState.Open && s.EndsAt > now)
            .OrderBy(s => s.StartsAt).ThenBy(s => s.Id).Take(PublicActivities.MaxShifts).ToListAsync(cancel);
        return activity.State == ActivityState.Published && shifts.Count > 0 ? (activity, shifts) : new NothingToAnnounce();
    }
}
