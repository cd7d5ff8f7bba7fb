using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>
/// The leader ticks the roster: who came, who went, and at the end everybody who forgot to check out (全部按结束时间签退; nothing does that by itself). Each person is
/// judged on their own. Grade B; never one's own.
/// </summary>
public static class RegisterByLeader
{
    /// <summary>Most members at once.</summary>
    public const int MaxMembers = 100;

    /// <summary>Whom.</summary>
    /// <param name="MemberIds">1 to 100 members.</param>
    public sealed record Request(IReadOnlyList<Guid> MemberIds);

    /// <summary>What became of one.</summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="Person">The attendance; null where refused.</param>
    /// <param name="Code">The refusal's code; null where it was done.</param>
    /// <param name="Message">The refusal's sentence.</param>
    public sealed record Outcome(Guid MemberId, CheckedPerson? Person, string? Code, string? Message);

    /// <summary>What came of it.</summary>
    /// <param name="Outcomes">One for each member, in the order asked.</param>
    public sealed record Response(IReadOnlyList<Outcome> Outcomes);

    /// <summary>Who was checked out at the shift's end.</summary>
    /// <param name="People">How many.</param>
    /// <param name="IsOwnLeft">Whether the caller's own is still open: another leader or staff does that.</param>
    public sealed record EndResponse(int People, bool IsOwnLeft);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Some members.</summary>
        public Limits() => RuleFor(r => r.MemberIds).Must(m => m is { Count: >= 1 and <= MaxMembers } && m.Distinct().Count() == m.Count).WithMessage("一次选 1 到 100 位居民，每人只选一次。");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/shifts/{id:guid}/check-ins", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, body, Did.In, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("checkInByLeader").WithSummary("负责人登记签到");
        community.MapPost("/shifts/{id:guid}/check-outs", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, body, Did.Out, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("checkOutByLeader").WithSummary("负责人登记签退");
        community.MapPost("/shifts/{id:guid}/end-check-outs", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.AtEnd(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("checkOutAllAtEnd").WithSummary("全部按结束时间签退");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Entrance entrance, IPeople people, IIds ids, Clock clock)
    {
        /// <summary>An outcome for each, or <see cref="UnknownShift"/>.</summary>
        public Task<Result<Response>> Run(Guid id, Request body, Did did, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await entrance.Led(id, caller, cancel) is not var (shift, activity))
                return new UnknownShift();
            var members = await people.OfMembers(body.MemberIds, cancel);
            var check = new Check(clock.Now, CheckWay.Roster, caller.PersonId);
            var outcomes = new List<Outcome>();
            foreach (var memberId in body.MemberIds)
                outcomes.Add(Of(memberId, await One(shift, activity, members.GetValueOrDefault(memberId), did, check, cancel)));
            return new Response(outcomes);
        }, cancel);

        /// <summary>How many, or <see cref="UnknownShift"/>, <see cref="ShiftNotOver"/>.</summary>
        public Task<Result<EndResponse>> AtEnd(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<EndResponse>(requestId, async () =>
        {
            if (await entrance.Led(id, caller, cancel) is not var (shift, activity))
                return new UnknownShift();
            var now = clock.Now;
            if (now < shift.EndsAt)
                return new ShiftNotOver();
            var check = new Check(shift.EndsAt, CheckWay.ShiftEnd, caller.PersonId);
            var open = await db.Set<Attendance>().Where(a => a.ShiftId == id && a.State == AttendanceState.Open).ToListAsync(cancel);
            var signups = await db.Set<Signup>().Where(s => s.ShiftId == id && s.State == SignupState.CheckedIn).ToDictionaryAsync(s => s.Id, cancel);
            var others = open.Where(a => a.PersonId != caller.PersonId).ToList();
            foreach (var attendance in others)
            {
                attendance.CheckOut(check);
                signups[attendance.SignupId].Become(SignupState.CheckedOut, now);
                db.Add(entrance.Event(attendance, AttendanceEventKind.Out, check, null));
            }

            return new EndResponse(others.Count, others.Count < open.Count);
        }, cancel);

        private static Outcome Of(Guid memberId, Result<CheckedPerson> result) =>
            result.TryGet(out var person, out var error) ? new Outcome(memberId, person, null, null) : new Outcome(memberId, null, error.Code, error.Message);

        private async Task<Result<CheckedPerson>> One(Shift shift, Activity activity, MemberHead? member, Did did, Check check, CancellationToken cancel)
        {
            if (member is not { HasLeft: false })
                return new UnknownNeighbour();
            if (member.PersonId == check.By)
                return new OwnAttendance();
            if (!(await entrance.Places(shift, activity, [member], takesWalkIns: did == Did.In, check, cancel)).TryGet(out var signups, out var refusal))
                return did == Did.Out && refusal is NoPlace ? new NotCheckedIn() : refusal;
            var signup = signups[member.PersonId];
            var there = await entrance.Of(signup, cancel);
            var result = did == Did.In ? Door.In(signup, there, check, ids.New(), clock.Now) : Door.Out(signup, there, check, clock.Now);
            if (!result.TryGet(out var passed, out var shut))
                return shut;
            await entrance.Note(activity, passed, check, cancel);
            return CheckedPerson.Of(passed.Attendance);
        }
    }
}
