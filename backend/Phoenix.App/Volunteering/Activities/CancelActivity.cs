using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Needs;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>Staff call off an activity or one shift, with a reason that everybody signed up is told (a standing activity with shifts behind it ends); or close an activity with which nothing is left to do.</summary>
public static class CancelActivity
{
    /// <summary>Why.</summary>
    /// <param name="Reason">As residents read it, 2 to 200 characters.</param>
    /// <param name="Version">The version that was looked at.</param>
    public sealed record Request(string Reason, int Version);

    /// <summary>Closing.</summary>
    /// <param name="Version">The version that was looked at.</param>
    public sealed record CloseRequest(int Version);

    /// <summary>The limits of a cancellation.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, Activity.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/staff/activities/{id:guid}/cancellation", (Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Whole(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("cancelActivity").WithSummary("取消活动");
        community.MapPost("/staff/shifts/{id:guid}/cancellation", (Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.One(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("cancelShift").WithSummary("取消一个时段");
        community.MapPost("/staff/activities/{id:guid}/closing", (Guid id, CloseRequest body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Close(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("closeActivity").WithSummary("办结活动");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(
        PhoenixDb db, UnitOfWork work, Promises promises, Leaderships leaderships, StaffActivity.Reader reader, SignupNotices notices, NeedShifts needs, IEnumerable<IActivityClosing> closings, IAuditLog audit, Clock clock)
    {
        /// <summary>The activity, or <see cref="UnknownActivity"/>, <see cref="StaleEdit"/>, <see cref="ActivityFinished"/>, <see cref="ActivityBegun"/>.</summary>
        public Task<Result<StaffActivity.Detail>> Whole(Guid id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<StaffActivity.Detail>(requestId, async () =>
        {
            if (!(await Find(id, body.Version, cancel)).TryGet(out var activity, out var error))
                return error;
            if (activity.State is not (ActivityState.Draft or ActivityState.Published))
                return new ActivityFinished();
            var shifts = await promises.ShiftsOf(id, cancel);
            var open = shifts.Where(s => s.State == ShiftState.Open).ToList();
            var now = clock.Now;
            if (activity.State == ActivityState.Published && activity.Kind != ActivityKind.Standing && open.Exists(s => s.StartsAt <= now))
                return new ActivityBegun();
            foreach (var shift in open.Where(s => activity.State == ActivityState.Draft || s.StartsAt > now))
                await Off(activity, shift, body.Reason, now, cancel);
            activity.CancelReason = body.Reason.Trim();
            // What a standing activity has done is still to be verified: it ends instead.
            if (open.Exists(s => activity.State == ActivityState.Published && s.StartsAt <= now))
                activity.State = ActivityState.Ended;
            else
                (activity.State, activity.FinishedAt, activity.PromisedCoins) = (ActivityState.Cancelled, now, activity.IssuedCoins);
            activity.Version++;
            audit.Write("activity.cancelled", $"activity:{id:N}", null, body.Reason);
            await leaderships.Sync(shifts.Select(s => s.LeaderId), cancel);
            return await reader.Show(activity, cancel);
        }, cancel);

        /// <summary>The activity, or <see cref="UnknownShift"/>, <see cref="StaleEdit"/>, <see cref="ActivityFinished"/>, <see cref="ShiftBegun"/>. A draft's shift is removed instead.</summary>
        public Task<Result<StaffActivity.Detail>> One(Guid id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<StaffActivity.Detail>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Shift>().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } shift)
                return new UnknownShift();
            var activity = await db.Set<Activity>().SingleAsync(a => a.Id == shift.ActivityId, cancel);
            if (shift.Version != body.Version)
                return new StaleEdit();
            if (activity.State != ActivityState.Published || shift.State != ShiftState.Open)
                return new ActivityFinished();
            if (shift.StartsAt <= clock.Now)
                return new ShiftBegun();
            await Off(activity, shift, body.Reason, clock.Now, cancel);
            shift.Version++;
            await db.SaveChangesAsync(cancel);
            if (await promises.Renew(activity, await promises.ShiftsOf(activity.Id, cancel), cancel) is { } refusal)
                return refusal;
            audit.Write("shift.cancelled", $"shift:{id:N}", null, body.Reason);
            await leaderships.Sync([shift.LeaderId], cancel);
            return await reader.Show(activity, cancel);
        }, cancel);

        /// <summary>The activity, or <see cref="UnknownActivity"/>, <see cref="StaleEdit"/>, <see cref="NotEnded"/>, or what still has to be done.</summary>
        public Task<Result<StaffActivity.Detail>> Close(Guid id, CloseRequest body, RequestId requestId, CancellationToken cancel) => work.Once<StaffActivity.Detail>(requestId, async () =>
        {
            if (!(await Find(id, body.Version, cancel)).TryGet(out var activity, out var error))
                return error;
            if (activity.State != ActivityState.Ended)
                return new NotEnded();
            foreach (var closing in closings)
                if (await closing.Unfinished(id, cancel) is { } unfinished)
                    return unfinished;
            (activity.State, activity.FinishedAt, activity.PromisedCoins) = (ActivityState.Closed, clock.Now, activity.IssuedCoins);
            activity.Version++;
            await leaderships.Sync((await promises.ShiftsOf(id, cancel)).Select(s => s.LeaderId), cancel);
            return await reader.Show(activity, cancel);
        }, cancel);

        private async Task<Result<Activity>> Find(Guid id, int version, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } activity)
                return new UnknownActivity();
            return activity.Version == version ? activity : new StaleEdit();
        }

        private async Task Off(Activity activity, Shift shift, string reason, DateTimeOffset now, CancellationToken cancel)
        {
            await db.LockShift(shift.Id, cancel);
            await notices.Cancelled(activity, shift, reason.Trim(), cancel);
            shift.State = ShiftState.Cancelled;
            SignupState[] live = [SignupState.Requested, SignupState.Waitlisted, SignupState.Offered, SignupState.Confirmed];
            foreach (var signup in await db.Set<Signup>().Where(s => s.ShiftId == shift.Id && live.Contains(s.State)).ToListAsync(cancel))
                signup.Become(SignupState.Cancelled, now, reason.Trim());
            await needs.Off(shift.Id, cancel);
        }
    }
}

/// <summary>What has to be done before an activity is closed; the parts that come after signing up (check-in, verifying) add theirs.</summary>
internal interface IActivityClosing
{
    /// <summary>The refusal for an activity with something left to do; null for none.</summary>
    Task<Phoenix.Platform.Results.Error?> Unfinished(Guid activityId, CancellationToken cancel);
}
