using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>
/// The leader signs up members: those of a 接龙, or who called; from half an hour before the start on, those who stand at the door, while places remain. Each
/// is judged on their own: who can't come is named with the reason, the others are in.
/// </summary>
public static class FillRoster
{
    /// <summary>Most members at once.</summary>
    public const int MaxMembers = 100;

    /// <summary>Whom.</summary>
    /// <param name="MemberIds">1 to 100 members, in the order of the list.</param>
    public sealed record Request(IReadOnlyList<Guid> MemberIds);

    /// <summary>What became of one.</summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="SignupId">The sign-up; null where refused.</param>
    /// <param name="State">Where it stands; null where refused.</param>
    /// <param name="Code">The refusal's code; null where signed up.</param>
    /// <param name="Message">The refusal's sentence.</param>
    public sealed record Outcome(Guid MemberId, Guid? SignupId, SignupState? State, string? Code, string? Message);

    /// <summary>What came of it.</summary>
    /// <param name="Outcomes">One for each member, in the order asked.</param>
    public sealed record Response(IReadOnlyList<Outcome> Outcomes);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Some members.</summary>
        public Limits() => RuleFor(r => r.MemberIds).Must(m => m is { Count: >= 1 and <= MaxMembers } && m.Distinct().Count() == m.Count).WithMessage("一次选 1 到 100 位居民，每人只选一次。");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/shifts/{id:guid}/roster", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, body, SignupSource.Leader, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("addToRoster").WithSummary("负责人代报名（接龙名单）");
        community.MapPost("/shifts/{id:guid}/walk-ins", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, body, SignupSource.WalkIn, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("addWalkIns").WithSummary("现场加入");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IPeople people, Leaderships leaderships, SignupChecks checks, ShiftPlaces places, SignupNotices notices, IIds ids, Clock clock)
    {
        /// <summary>An outcome for each, or <see cref="UnknownShift"/>, <see cref="ShiftOff"/>, <see cref="SignupClosed"/>, <see cref="SignupBegun"/>, <see cref="WalkInsNotNow"/>.</summary>
        public Task<Result<Response>> Run(Guid shiftId, Request body, SignupSource source, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await db.LockShift(shiftId, cancel) is not { } shift || (!caller.Is(Role.Staff) && !caller.Is(Role.SocialWorker) && !await leaderships.Leads(caller.PersonId, shift, cancel)))
                return new UnknownShift();
            var (activity, now) = (await db.Set<Activity>().SingleAsync(a => a.Id == shift.ActivityId, cancel), clock.Now);
            if (SignupChecks.Open(activity, shift) is { } closed)
                return closed;
            if (source == SignupSource.Leader && shift.StartsAt <= now)
                return new SignupBegun();
            if (source == SignupSource.WalkIn && (now < shift.StartsAt - SignupTimes.WalkInsBefore || now >= shift.EndsAt))
                return new WalkInsNotNow();
            var members = await people.OfMembers(body.MemberIds, cancel);
            await places.Settle(activity, shift, cancel);
            var outcomes = new List<Outcome>();
            foreach (var id in body.MemberIds)
                outcomes.Add(await One(activity, shift, id, members.GetValueOrDefault(id), source, caller.PersonId, cancel));
            return new Response(outcomes);
        }, cancel);

        private async Task<Outcome> One(Activity activity, Shift shift, Guid id, MemberHead? member, SignupSource source, Guid leader, CancellationToken cancel)
        {
            if (member is not { HasLeft: false })
                return Refused(id, new UnknownNeighbour());
            var live = SignupStates.Live.ToArray();
            var there = await db.Set<Signup>().FirstOrDefaultAsync(s => s.ShiftId == shift.Id && s.PersonId == member.PersonId && live.Contains(s.State), cancel);
            var atTheDoor = source == SignupSource.WalkIn;
            if (there is not null && (!atTheDoor || there.State is not (SignupState.Waitlisted or SignupState.Requested)))
                return new Outcome(id, there.Id, there.State, null, null);
            if (await checks.All(shift, [member], cancel) is { } refusal)
                return Refused(id, refusal);
            var now = clock.Now;
            var waiting = await db.Set<Signup>().CountAsync(s => s.ShiftId == shift.Id && s.State == SignupState.Waitlisted, cancel);
            var fits = await places.Free(shift, cancel) > 0 && (atTheDoor || waiting == 0);
            if (!fits && (atTheDoor || waiting >= JoinShift.MaxWaiting))
                return Refused(id, new ShiftFull());
            if (there is not null)
            {
                there.Become(SignupState.Confirmed, now);
                await db.SaveChangesAsync(cancel);
                return new Outcome(id, there.Id, there.State, null, null);
            }

            var signup = ids.New();
            var state = fits ? SignupState.Confirmed : SignupState.Waitlisted;
            db.Add(Signup.New(signup, signup, shift, (member.PersonId, member.MemberId), (leader, source), state, false, now));
            await db.SaveChangesAsync(cancel);
            if (!atTheDoor)
                await notices.SignedUp(activity, shift, state, [member.PersonId], leader, waiting + 1, cancel);
            return new Outcome(id, signup, state, null, null);
        }

        private static Outcome Refused(Guid id, Error error) => new(id, null, null, error.Code, error.Message);
    }
}
