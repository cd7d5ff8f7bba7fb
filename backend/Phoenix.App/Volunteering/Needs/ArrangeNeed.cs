using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>
/// Staff give a need to a shift of a published activity, so that signing up, the door and coins work as always; or to another shift, while it isn't done. The shift's
/// own address is public and says where to meet: the need's address is told to its volunteers only.
/// </summary>
public static class ArrangeNeed
{
    /// <summary>The shift.</summary>
    /// <param name="ShiftId">Which.</param>
    public sealed record Request(Guid ShiftId);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/staff/needs/{id:guid}/arrangement", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker).WithName("arrangeNeed").WithSummary("把求助安排到时段");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, NeedDesk desk, NeedNotices notices, NeedShifts shifts, StaffNeeds.Reader reader, IAuditLog audit, Clock clock)
    {
        /// <summary>
        /// The need as arranged, or <see cref="UnknownNeed"/>, <see cref="OwnNeed"/>, <see cref="NeedStateWrong"/>, <see cref="UnknownShift"/>, <see cref="ShiftOff"/>,
        /// <see cref="SignupClosed"/>, <see cref="ShiftBegun"/>, <see cref="HelpedAmongVolunteers"/>.
        /// </summary>
        public Task<Result<StaffNeeds.Item>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<StaffNeeds.Item>(requestId, async () =>
        {
            if (!(await desk.LockForStaff(id, caller.PersonId, cancel)).TryGet(out var need, out var error))
                return error;
            if (need.State is not (NeedState.Accepted or NeedState.Arranged))
                return new NeedStateWrong(NeedWords.Of(need.State));
            if (await db.LockShift(body.ShiftId, cancel) is not { } shift)
                return new UnknownShift();
            var activity = await db.Set<Activity>().SingleAsync(a => a.Id == shift.ActivityId, cancel);
            if (SignupChecks.Open(activity, shift) is { } closed)
                return closed;
            if (need.ShiftId == shift.Id)
                return await reader.Show(need, caller, cancel);
            if (shift.StartsAt <= clock.Now)
                return new ShiftBegun();
            var live = SignupStates.Live.ToArray();
            if (await db.Set<Signup>().AnyAsync(s => s.ShiftId == shift.Id && live.Contains(s.State) && (s.PersonId == need.HelpedId || s.PersonId == need.RaisedBy), cancel))
                return new HelpedAmongVolunteers();
            if (need.State == NeedState.Arranged && await shifts.Of(need, cancel) is { } before)
                await notices.Dropped(need, before.Activity, before.Shift, cancel);
            need.Become(NeedState.Arranged);
            (need.ShiftId, need.ArrangedAt) = (shift.Id, clock.Now);
            audit.Write("need.arranged", $"need:{id:N}", need.HelpedId);
            await notices.Progress(need, caller.PersonId, shift.StartsAt, null, cancel);
            await notices.Given(need, activity, shift, cancel);
            return await reader.Show(need, caller, cancel);
        }, cancel);
    }
}
