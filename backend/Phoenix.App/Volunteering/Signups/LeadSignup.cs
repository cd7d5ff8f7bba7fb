using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Teams;
using Phoenix.App.Volunteering.Verifying.Watch;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>
/// The shift's leader, or staff, decide about a sign-up: reject with a reason, excuse with a reason, fill a freed place by hand near the start; staff
/// approve where the activity wants that.
/// </summary>
public static class LeadSignup
{
    /// <summary>Why.</summary>
    /// <param name="Reason">As the person reads it, 2 to 200 characters.</param>
    public sealed record ReasonRequest(string Reason);

    /// <summary>What became of it.</summary>
    /// <param name="Id">The sign-up.</param>
    /// <param name="State">Where it stands.</param>
    public sealed record Response(Guid Id, SignupState State);

    /// <summary>The limits of a reason.</summary>
    public sealed class Limits : AbstractValidator<ReasonRequest>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, Signup.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/signups/{id:guid}/rejection", (Guid id, ReasonRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, Step.Reject, body.Reason, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("rejectSignup").WithSummary("报名不通过");
        community.MapPost("/signups/{id:guid}/excuse", (Guid id, ReasonRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, Step.Excuse, body.Reason, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("excuseSignup").WithSummary("准假");
        community.MapPost("/signups/{id:guid}/filling", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, Step.Fill, null, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("fillPlace").WithSummary("临近开始，负责人递补");
        community.MapPost("/signups/{id:guid}/approval", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, Step.Approve, null, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("approveSignup").WithSummary("报名通过");
    }

    /// <summary>What is decided.</summary>
    internal enum Step
    {
        /// <summary>未通过.</summary>
        Reject,

        /// <summary>请假.</summary>
        Excuse,

        /// <summary>递补.</summary>
        Fill,

        /// <summary>通过.</summary>
        Approve,
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Leaderships leaderships, ShiftPlaces places, PersonTimes times, SignupNotices notices, NoShowLimits limits, Clock clock)
    {
        /// <summary>
        /// The sign-up, or <see cref="UnknownSignup"/>, <see cref="OwnSignup"/>, <see cref="SignupStateWrong"/>, <see cref="FillTooEarly"/>, <see cref="ShiftFull"/>,
        /// <see cref="SignupBegun"/>, <see cref="SignupOverlap"/>. The same step again answers the same.
        /// </summary>
        public Task<Result<Response>> Run(Guid id, Step step, string? reason, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await db.Set<Signup>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } known)
                return new UnknownSignup();
            // No-shows are counted under the community's lock, which comes before a shift's.
            if (step == Step.Excuse)
                await db.LockCommunity(cancel);
            var shift = (await db.LockShift(known.ShiftId, cancel))!;
            if (!caller.Is(Role.Staff) && !caller.Is(Role.SocialWorker) && !await leaderships.Leads(caller.PersonId, shift, cancel))
                return new UnknownSignup();
            var activity = await db.Set<Activity>().SingleAsync(a => a.Id == shift.ActivityId, cancel);
            var signup = await db.Set<Signup>().SingleAsync(s => s.Id == id, cancel);
            if (signup.PersonId == caller.PersonId)
                return new OwnSignup();
            var refusal = step switch
            {
                Step.Reject => await Reject(activity, shift, signup, reason!, cancel),
                Step.Excuse => await Excuse(activity, shift, signup, reason!, cancel),
                Step.Fill => await Fill(activity, shift, signup, cancel),
                _ => await Approve(activity, shift, signup, cancel),
            };
            return refusal is null ? new Response(id, signup.State) : refusal;
        }, cancel);

        private async Task<Error?> Reject(Activity activity, Shift shift, Signup signup, string reason, CancellationToken cancel)
        {
            if (signup.State == SignupState.Rejected)
                return null;
            if (!SignupStates.MayBecome(signup.State, SignupState.Rejected))
                return new SignupStateWrong(SignupStates.NameOf(signup.State));
            signup.Become(SignupState.Rejected, clock.Now, reason);
            await notices.Rejected(activity, shift, signup, cancel);
            await places.Settle(activity, shift, cancel);
            return null;
        }

        private async Task<Error?> Excuse(Activity activity, Shift shift, Signup signup, string reason, CancellationToken cancel)
        {
            if (signup.State == SignupState.Excused)
                return null;
            if (!SignupStates.MayBecome(signup.State, SignupState.Excused))
                return new SignupStateWrong(SignupStates.NameOf(signup.State));
            var (was, since, now) = (signup.State, signup.ChangedAt, clock.Now);
            signup.Become(SignupState.Excused, now, reason);
            await places.Settle(activity, shift, cancel);
            if (was == SignupState.NoShow)
            {
                await db.SaveChangesAsync(cancel);
                await limits.Lift(signup.PersonId, since, now, reason, cancel);
            }

            return null;
        }

        private async Task<Error?> Fill(Activity activity, Shift shift, Signup signup, CancellationToken cancel)
        {
            var now = clock.Now;
            if (signup.State == SignupState.Confirmed)
                return null;
            if (signup.State != SignupState.Waitlisted)
                return new SignupStateWrong(SignupStates.NameOf(signup.State));
            if (now < shift.StartsAt - SignupTimes.HandFillWithin)
                return new FillTooEarly();
            if (shift.EndsAt <= now)
                return new SignupBegun();
            return await Confirm(activity, shift, signup, now, cancel);
        }

        private async Task<Error?> Approve(Activity activity, Shift shift, Signup signup, CancellationToken cancel)
        {
            var now = clock.Now;
            if (signup.State is SignupState.Confirmed or SignupState.Waitlisted)
                return null;
            if (signup.State != SignupState.Requested)
                return new SignupStateWrong(SignupStates.NameOf(signup.State));
            if (shift.StartsAt <= now)
                return new SignupBegun();
            await places.Settle(activity, shift, cancel);
            if (await places.Free(shift, cancel) > 0 && !await db.Set<Signup>().AnyAsync(s => s.ShiftId == shift.Id && s.State == SignupState.Waitlisted, cancel))
                return await Confirm(activity, shift, signup, now, cancel);
            signup.Become(SignupState.Waitlisted, now);
            await notices.SignedUp(activity, shift, SignupState.Waitlisted, [signup.PersonId], signup.SignedBy, 1, cancel);
            return null;
        }

        private async Task<Error?> Confirm(Activity activity, Shift shift, Signup signup, DateTimeOffset now, CancellationToken cancel)
        {
            if (await places.Free(shift, cancel) < 1)
                return new ShiftFull();
            if ((await times.Busy([signup.PersonId], shift.Id, shift.StartsAt, shift.EndsAt, cancel)).Count > 0)
                return new SignupOverlap("对方");
            signup.Become(SignupState.Confirmed, now);
            await notices.SignedUp(activity, shift, SignupState.Confirmed, [signup.PersonId], signup.SignedBy, 0, cancel);
            return null;
        }
    }
}
