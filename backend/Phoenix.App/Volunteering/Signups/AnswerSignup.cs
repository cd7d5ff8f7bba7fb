using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>
/// The person, a guardian or 家人 takes an offered place, for all who were signed up together, or cancels. A late cancellation is marked as such and told to
/// the leader; a child who may not be there without this guardian is cancelled too. What is freed goes to the next at once.
/// </summary>
public static class AnswerSignup
{
    /// <summary>A cancellation.</summary>
    /// <param name="Reason">Why; wanted where it is late. At most 200 characters.</param>
    public sealed record CancelRequest(string? Reason = null);

    /// <summary>What became of it.</summary>
    /// <param name="Signups">The sign-ups that changed, or stand as they were asked to be.</param>
    public sealed record Response(IReadOnlyList<SignupView> Signups);

    /// <summary>The limits of a cancellation.</summary>
    public sealed class Limits : AbstractValidator<CancelRequest>
    {
        /// <summary>A length.</summary>
        public Limits() => RuleFor(r => r.Reason).MaximumLength(Signup.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/signups/{id:guid}/acceptance", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Accept(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("acceptPlace").WithSummary("候补到位，确认参加");
        community.MapPost("/signups/{id:guid}/cancellation", (Guid id, CancelRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Cancel(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("cancelSignup").WithSummary("取消报名");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IPeople people, SignupChecks checks, ShiftPlaces places, SignupNotices notices, Clock clock)
    {
        /// <summary>The group's sign-ups, or <see cref="UnknownSignup"/>, <see cref="OfferOver"/>, <see cref="SignupStateWrong"/>.</summary>
        public Task<Result<Response>> Accept(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await Find(id, caller, cancel) is not var (activity, shift, signup))
                return new UnknownSignup();
            var now = clock.Now;
            if (signup.StateAt(now) == SignupState.Lapsed)
                return new OfferOver();
            if (signup.State is not (SignupState.Offered or SignupState.Confirmed))
                return new SignupStateWrong(SignupStates.NameOf(signup.State));
            var group = await db.Set<Signup>().Where(s => s.GroupId == signup.GroupId && s.ShiftId == shift.Id && (s.State == SignupState.Offered || s.State == SignupState.Confirmed)).OrderBy(s => s.Id).ToListAsync(cancel);
            var taken = group.Where(s => s.State == SignupState.Offered).ToList();
            foreach (var offered in taken)
                offered.Become(SignupState.Confirmed, now);
            await db.SaveChangesAsync(cancel);
            await notices.SignedUp(activity, shift, SignupState.Confirmed, [.. taken.Select(s => s.PersonId)], caller.PersonId, 0, cancel);
            return new Response([.. group.Select(s => SignupView.Of(s, activity, shift, null, now))]);
        }, cancel);

        /// <summary>The cancelled sign-ups, or <see cref="UnknownSignup"/>, <see cref="SignupBegun"/>, <see cref="SignupStateWrong"/>.</summary>
        public Task<Result<Response>> Cancel(Guid id, CancelRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await Find(id, caller, cancel) is not var (activity, shift, signup))
                return new UnknownSignup();
            var now = clock.Now;
            if (signup.State is SignupState.Cancelled or SignupState.CancelledLate)
                return new Response([SignupView.Of(signup, activity, shift, null, now)]);
            if (!SignupStates.MayBecome(signup.State, SignupState.Cancelled))
                return new SignupStateWrong(SignupStates.NameOf(signup.State));
            if (shift.StartsAt <= now)
                return new CancelTooLate(activity.ContactPhone ?? "");
            var live = await db.Set<Signup>().Where(s => s.ShiftId == shift.Id && (s.State == SignupState.Confirmed || s.State == SignupState.Offered || s.State == SignupState.Waitlisted || s.State == SignupState.Requested)).ToListAsync(cancel);
            Signup[] leaving = [signup, .. await checks.Dependents(shift, live, new HashSet<Guid> { signup.PersonId }, cancel)];
            var isLate = now >= SignupTimes.LateFrom(shift.StartsAt);
            foreach (var one in leaving)
                one.Become(isLate && one.State == SignupState.Confirmed ? SignupState.CancelledLate : SignupState.Cancelled, now, Text.OrNull(body.Reason));
            await notices.Dropped(activity, shift, [.. leaving.Where(s => s.State == SignupState.CancelledLate)], cancel);
            await places.Settle(activity, shift, cancel);
            return new Response([.. leaving.Select(s => SignupView.Of(s, activity, shift, null, now))]);
        }, cancel);

        private async Task<(Activity Activity, Shift Shift, Signup Signup)?> Find(Guid id, Caller caller, CancellationToken cancel)
        {
            if (await db.Set<Signup>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } known
                || !await people.MayActFor(caller.PersonId, known.PersonId, FamilyRights.SignUp, cancel))
                return null;
            var shift = (await db.LockShift(known.ShiftId, cancel))!;
            return (await db.Set<Activity>().SingleAsync(a => a.Id == known.ActivityId, cancel), shift, await db.Set<Signup>().SingleAsync(s => s.Id == id, cancel));
        }
    }
}
