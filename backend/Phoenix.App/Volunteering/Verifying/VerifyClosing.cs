using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>An activity is closed when everybody's time is verified or left out.</summary>
internal sealed class VerifyClosing(PhoenixDb db) : IActivityClosing
{
    public async Task<Error?> Unfinished(Guid activityId, CancellationToken cancel)
    {
        AttendanceState[] waiting = [AttendanceState.Open, AttendanceState.CheckedOut, AttendanceState.Proposed];
        var left = await db.Set<Attendance>().CountAsync(a => a.ActivityId == activityId && waiting.Contains(a.State), cancel);
        return left == 0 ? null : new UnverifiedLeft(left);
    }
}
