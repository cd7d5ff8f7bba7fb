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
/// The leader enters when somebody came and went, or puts it right, with a reason: until a day after the end as 负责人登记 (grade B), then for two weeks as 补录
/// (grade C: two people approve). A wrong check-in is taken back. Never one's own, and not once it is verified.
/// </summary>
public static class EnterTimes
{
    /// <summary>When.</summary>
    /// <param name="MemberId">Who.</param>
    /// <param name="CheckedInAt">When they came; from an hour before the shift on.</param>
    /// <param name="Reason">Why it is entered by hand, 2 to 200 characters.</param>
    /// <param name="CheckedOutAt">When they went; null where they are still there.</param>
    public sealed record Request(Guid MemberId, DateTimeOffset CheckedInAt, string Reason, DateTimeOffset? CheckedOutAt = null);

    /// <summary>What was taken back.</summary>
    /// <param name="Id">The attendance that is no more.</param>
    public sealed record UndoResponse(Guid Id);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, Attendance.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/shifts/{id:guid}/attendance-entries", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Enter(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("enterAttendance").WithSummary("登记或更改到达、离开时间");
        community.MapDelete("/attendances/{id:guid}", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Undo(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("undoCheckIn").WithSummary("撤销签到");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Entrance entrance, IPeople people, IIds ids, Clock clock)
    {
        /// <summary>
        /// The attendance, or <see cref="UnknownShift"/>, <see cref="UnknownNeighbour"/>, <see cref="OwnAttendance"/>, <see cref="EntryOver"/>,
        /// <see cref="TimesWrong"/>, <see cref="AttendanceSettled"/>, and as <see cref="Entrance.Places"/>.
        /// </summary>
        public Task<Result<CheckedPerson>> Enter(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<CheckedPerson>(requestId, async () =>
        {
            if (await entrance.Led(id, caller, cancel) is not var (shift, activity))
                return new UnknownShift();
            if ((await people.OfMembers([body.MemberId], cancel)).GetValueOrDefault(body.MemberId) is not { HasLeft: false } member)
                return new UnknownNeighbour();
            if (member.PersonId == caller.PersonId)
                return new OwnAttendance();
            var now = clock.Now;
            if (now >= shift.EndsAt + AttendanceRules.EntryAfter)
                return new EntryOver();
            var (inAt, outAt) = (body.CheckedInAt.ToUniversalTime(), body.CheckedOutAt?.ToUniversalTime());
            if (!Fits(shift, inAt, outAt, now))
                return new TimesWrong();
            var check = new Check(inAt, now >= shift.EndsAt + AttendanceRules.OnTimeAfter ? CheckWay.Late : CheckWay.Roster, caller.PersonId);
            if (!(await entrance.Places(shift, activity, [member], takesWalkIns: true, check, cancel)).TryGet(out var signups, out var refusal))
                return refusal;
            return await Put(signups[member.PersonId], inAt, outAt, check, body.Reason, cancel);
        }, cancel);

        /// <summary>What was taken back, or <see cref="UnknownAttendance"/>, <see cref="OwnAttendance"/>, <see cref="AttendanceSettled"/>.</summary>
        public Task<Result<UndoResponse>> Undo(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<UndoResponse>(requestId, async () =>
        {
            var shiftId = await db.Set<Attendance>().Where(a => a.Id == id).Select(a => (Guid?)a.ShiftId).FirstOrDefaultAsync(cancel);
            if (shiftId is null || await entrance.Led(shiftId.Value, caller, cancel) is null || await db.Set<Attendance>().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } attendance)
                return new UnknownAttendance();
            if (attendance.PersonId == caller.PersonId)
                return new OwnAttendance();
            if (attendance.State is not (AttendanceState.Open or AttendanceState.CheckedOut))
                return new AttendanceSettled();
            var (signup, now) = (await db.Set<Signup>().SingleAsync(s => s.Id == attendance.SignupId, cancel), clock.Now);
            if (signup.State == SignupState.CheckedOut)
                signup.Become(SignupState.CheckedIn, now);
            signup.Become(SignupState.Confirmed, now);
            db.Add(entrance.Event(attendance, AttendanceEventKind.Undone, new Check(now, CheckWay.Roster, caller.PersonId), null));
            db.Remove(attendance);
            return new UndoResponse(id);
        }, cancel);

        private static bool Fits(Shift shift, DateTimeOffset inAt, DateTimeOffset? outAt, DateTimeOffset now) =>
            inAt >= shift.StartsAt - AttendanceRules.OpensBefore && inAt < shift.EndsAt && inAt <= now
            && (outAt is { } at ? at > inAt && at > shift.StartsAt && at <= now && at <= shift.EndsAt + AttendanceRules.OnTimeAfter : now < shift.EndsAt);

        private async Task<Result<CheckedPerson>> Put(Signup signup, DateTimeOffset inAt, DateTimeOffset? outAt, Check check, string reason, CancellationToken cancel)
        {
            var (attendance, now) = (await entrance.Of(signup, cancel), clock.Now);
            if (attendance is not null && attendance.State is not (AttendanceState.Open or AttendanceState.CheckedOut))
                return new AttendanceSettled();
            if (attendance is null)
            {
                db.Add(attendance = Attendance.CheckIn(ids.New(), signup, check));
                signup.Become(SignupState.CheckedIn, now);
                await db.SaveChangesAsync(cancel);
            }

            attendance.PutRight(inAt, outAt, check);
            var state = outAt is null ? SignupState.CheckedIn : SignupState.CheckedOut;
            if (signup.State != state)
                signup.Become(state, now);
            db.Add(entrance.Event(attendance, AttendanceEventKind.PutRight, check, reason));
            await db.SaveChangesAsync(cancel);
            return CheckedPerson.Of(attendance);
        }
    }
}
