using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>
/// A member signs up, alone or with children and 家人 in one call: all of them or none. A full shift puts them on the waitlist, if they want. Two taps or two
/// phones make one sign-up and get the same answer.
/// </summary>
public static class JoinShift
{
    /// <summary>Most people in one call.</summary>
    public const int MaxPeople = 8;

    /// <summary>Most people on one waitlist.</summary>
    public const int MaxWaiting = 200;

    /// <summary>Who comes.</summary>
    /// <param name="MemberIds">Oneself, children, 家人; empty for oneself alone.</param>
    /// <param name="JoinWaitlist">Whether to wait where it is full; otherwise that is refused.</param>
    /// <param name="IsHoursOnly">只记时长: no coins for these.</param>
    public sealed record Request(IReadOnlyList<Guid> MemberIds, bool JoinWaitlist = true, bool IsHoursOnly = false);

    /// <summary>What came of it.</summary>
    /// <param name="Signups">One for each person.</param>
    public sealed record Response(IReadOnlyList<SignupView> Signups);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A few people.</summary>
        public Limits() => RuleFor(r => r.MemberIds).Must(m => m is { Count: <= MaxPeople } && m.Distinct().Count() == m.Count).WithMessage("一次最多报 8 个人，每人只选一次。");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/shifts/{id:guid}/signups", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Member)
        .WithName("signUp").WithSummary("报名，可带家人");

    /// <summary>Does it.</summary>
    internal sealed class Handler(
        PhoenixDb db, UnitOfWork work, IPeople people, IDocumentConsents consents, SignupChecks checks, ShiftPlaces places, SignupNotices notices, IIds ids, Clock clock)
    {
        /// <summary>
        /// The sign-ups, or <see cref="UnknownShift"/>, <see cref="ShiftOff"/>, <see cref="SignupClosed"/>, <see cref="SignupBegun"/>, <see cref="NotYourFamily"/>,
        /// <see cref="ShiftFull"/>, <see cref="WaitlistFull"/>, or what <see cref="SignupChecks.All"/> and <see cref="IDocumentConsents.Missing"/> refuse.
        /// </summary>
        public Task<Result<Response>> Run(Guid shiftId, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await db.LockShift(shiftId, cancel) is not { } shift)
                return new UnknownShift();
            var activity = await db.Set<Activity>().SingleAsync(a => a.Id == shift.ActivityId, cancel);
            if (SignupChecks.Open(activity, shift) is { } closed)
                return closed;
            if (!(await Members(body.MemberIds, caller, cancel)).TryGet(out var members, out var stranger))
                return stranger;
            var persons = members.Select(m => m.PersonId).ToList();
            var live = SignupStates.Live.ToArray();
            var there = await db.Set<Signup>().Where(s => s.ShiftId == shiftId && persons.Contains(s.PersonId) && live.Contains(s.State)).ToListAsync(cancel);
            there.RemoveAll(s => s.StateAt(clock.Now) == SignupState.Lapsed);
            var fresh = members.Where(m => !there.Exists(s => s.PersonId == m.PersonId)).ToList();
            if (fresh.Count > 0)
            {
                if (shift.StartsAt <= clock.Now)
                    return new SignupBegun();
                if (await consents.Missing(caller.PersonId, cancel) is { } unread)
                    return unread;
                if (await checks.All(shift, fresh, cancel) is { } refusal)
                    return refusal;
                if (await Add(activity, shift, fresh, body, caller, cancel) is { } full)
                    return full;
            }

            return await Answer(activity, shift, persons, cancel);
        }, cancel);

        private async Task<Result<List<MemberHead>>> Members(IReadOnlyList<Guid> memberIds, Caller caller, CancellationToken cancel)
        {
            var found = memberIds.Count == 0
                ? [.. (await people.OfPersons([caller.PersonId], cancel)).Values]
                : (await people.OfMembers(memberIds, cancel)).Values.OrderBy(m => m.MemberId).ToList();
            if (found.Count != Math.Max(1, memberIds.Count) || found.Exists(m => m.HasLeft))
                return new NotYourFamily();
            foreach (var member in found)
                if (!await people.MayActFor(caller.PersonId, member.PersonId, FamilyRights.SignUp, cancel))
                    return new NotYourFamily();
            return found;
        }

        private async Task<Error?> Add(Activity activity, Shift shift, List<MemberHead> fresh, Request body, Caller caller, CancellationToken cancel)
        {
            await places.Settle(activity, shift, cancel);
            var waiting = await db.Set<Signup>().CountAsync(s => s.ShiftId == shift.Id && s.State == SignupState.Waitlisted, cancel);
            var fits = waiting == 0 && await places.Free(shift, cancel) >= fresh.Count;
            if (!activity.NeedsApproval && !fits && (!body.JoinWaitlist || fresh.Count > shift.Capacity))
                return new ShiftFull();
            if (!fits && waiting + fresh.Count > MaxWaiting)
                return new WaitlistFull();
            var state = activity.NeedsApproval ? SignupState.Requested : fits ? SignupState.Confirmed : SignupState.Waitlisted;
            var (group, now) = (ids.New(), clock.Now);
            foreach (var member in fresh)
                db.Add(Signup.New(
                    member == fresh[0] ? group : ids.New(), group, shift, (member.PersonId, member.MemberId),
                    (caller.PersonId, member.PersonId == caller.PersonId ? SignupSource.Self : SignupSource.Family), state, body.IsHoursOnly, now));
            await db.SaveChangesAsync(cancel);
            await notices.SignedUp(activity, shift, state, [.. fresh.Select(m => m.PersonId)], caller.PersonId, waiting + 1, cancel);
            return null;
        }

        private async Task<Response> Answer(Activity activity, Shift shift, List<Guid> persons, CancellationToken cancel)
        {
            var (live, now) = (SignupStates.Live.ToArray(), clock.Now);
            var all = await db.Set<Signup>().Where(s => s.ShiftId == shift.Id && persons.Contains(s.PersonId) && live.Contains(s.State)).OrderBy(s => s.MemberId).ToListAsync(cancel);
            var queue = await Queue(db, [shift.Id], cancel);
            return new Response([.. all.Select(s => SignupView.Of(s, activity, shift, PositionOf(queue, s), now))]);
        }
    }

    /// <summary>Who waits for these shifts, in order.</summary>
    internal static async Task<ILookup<Guid, Guid>> Queue(PhoenixDb db, IReadOnlyCollection<Guid> shifts, CancellationToken cancel) =>
        (await db.Set<Signup>().AsNoTracking().Where(s => shifts.Contains(s.ShiftId) && s.State == SignupState.Waitlisted).OrderBy(s => s.CreatedAt).ThenBy(s => s.Id)
            .Select(s => new { s.ShiftId, s.Id }).ToListAsync(cancel)).ToLookup(s => s.ShiftId, s => s.Id);

    internal static int? PositionOf(ILookup<Guid, Guid> queue, Signup signup)
    {
        var at = queue[signup.ShiftId].ToList().IndexOf(signup.Id);
        return at < 0 ? null : at + 1;
    }
}
