using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>
/// 不计: an attendance that brings no record, with the reason that the person reads: it wasn't so, it was too short, or a paid colleague was on duty. It can be taken up again, as
/// can what waits for a second approver.
/// </summary>
public static class LeaveOut
{
    /// <summary>Why.</summary>
    /// <param name="Reason">As the person reads it, 2 to 200 characters.</param>
    public sealed record Request(string Reason);

    /// <summary>What became of it.</summary>
    /// <param name="AttendanceId">The attendance.</param>
    /// <param name="State">Where it stands.</param>
    public sealed record Response(Guid AttendanceId, AttendanceState State);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, Attendance.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/attendances/{id:guid}/exclusion", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Out(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("leaveOutAttendance").WithSummary("不计时长");
        community.MapPost("/attendances/{id:guid}/reopening", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Again(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("reopenAttendance").WithSummary("重新核时长");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, VerifyRights rights, IAuditLog audit, Clock clock)
    {
        /// <summary>As left out, or <see cref="UnknownToVerify"/>, <see cref="ActivityFinished"/>, <see cref="OwnTime"/>, <see cref="VerifiedAlready"/>.</summary>
        public Task<Result<Response>> Out(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!(await OneAttendance.Lock(db, rights, id, caller, cancel)).TryGet(out var found, out var refusal))
                return refusal;
            var attendance = found.Attendance;
            if (attendance.State is AttendanceState.Verified or AttendanceState.NotCounted)
                return new VerifiedAlready();
            var (now, reason) = (clock.Now, body.Reason.Trim());
            attendance.NotCount(caller.PersonId, now, reason);
            (await db.Set<Signup>().SingleAsync(s => s.Id == attendance.SignupId, cancel)).Verified(now, reason);
            audit.Write("attendance.left_out", $"attendance:{id:N}", attendance.PersonId, reason);
            return new Response(id, attendance.State);
        }, cancel);

        /// <summary>As it waits again, or <see cref="UnknownToVerify"/>, <see cref="ActivityFinished"/>, <see cref="OwnTime"/>, <see cref="NothingToReopen"/>.</summary>
        public Task<Result<Response>> Again(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!(await OneAttendance.Lock(db, rights, id, caller, cancel)).TryGet(out var found, out var refusal))
                return refusal;
            var (attendance, now) = (found.Attendance, clock.Now);
            if (attendance.State is not (AttendanceState.Proposed or AttendanceState.NotCounted))
                return new NothingToReopen();
            attendance.Reopen();
            var signup = await db.Set<Signup>().SingleAsync(s => s.Id == attendance.SignupId, cancel);
            if (signup.State == SignupState.Verified)
                signup.Become(SignupState.CheckedOut, now);
            if (attendance.State == AttendanceState.Open && signup.State == SignupState.CheckedOut)
                signup.Become(SignupState.CheckedIn, now);
            audit.Write("attendance.reopened", $"attendance:{id:N}", attendance.PersonId);
            return new Response(id, attendance.State);
        }, cancel);
    }
}
