using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>
/// The leader or staff verify one attendance by itself, with other minutes where there is a reason for it; changed minutes rest on somebody's word, so they are grade B
/// at best. Grade C waits for a second approver as always.
/// </summary>
public static class VerifyOne
{
    /// <summary>The minutes.</summary>
    /// <param name="Minutes">A multiple of 5, at most the shift's length; null for those that were worked out.</param>
    /// <param name="Reason">Why they are others, 2 to 200 characters.</param>
    public sealed record Request(int? Minutes = null, string? Reason = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason of a sane length.</summary>
        public Limits() => RuleFor(r => r.Reason).Length(2, Attendance.MaxReasonLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/attendances/{id:guid}/verification", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker)
        .WithName("verifyAttendance").WithSummary("单独核时长");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, VerifyRights rights, ShiftLines lines, HeadCounts counts, RecordWriter writer, VerifyShift.Handler whole, IAuditLog audit, Clock clock)
    {
        /// <summary>
        /// What was done, or <see cref="UnknownToVerify"/>, <see cref="ActivityFinished"/>, <see cref="OwnTime"/>, <see cref="NotCheckedOut"/>, <see cref="VerifiedAlready"/>,
        /// <see cref="BadVerifiedMinutes"/>, <see cref="ReasonNeeded"/>, why it can't be recorded, or what <see cref="RecordWriter"/> refuses.
        /// </summary>
        public Task<Result<VerifyShift.Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<VerifyShift.Response>(requestId, async () =>
        {
            if (!(await OneAttendance.Lock(db, rights, id, caller, cancel)).TryGet(out var found, out var refusal))
                return refusal;
            var (attendance, shift, activity) = found;
            if (attendance.State != AttendanceState.CheckedOut)
                return attendance.State == AttendanceState.Open ? new NotCheckedOut() : new VerifiedAlready();
            var line = (await lines.Of([attendance], await counts.Of(shift.Id, cancel), cancel))[0];
            if (!Decide(line, body).TryGet(out var decided, out var wrong))
                return wrong;
            if (decided.Minutes != line.Minutes)
                audit.Write("attendance.minutes_changed", $"attendance:{id:N}", attendance.PersonId, decided.Reason);
            if (decided.Grade == EvidenceGrade.C)
                return await whole.Answer(shift.Id, new Written([], []), await whole.Propose(activity, shift, [decided], caller, cancel), cancel);
            var now = clock.Now;
            var written = await writer.Write(activity, shift, [decided], caller.PersonId, l =>
            {
                l.Attendance.Verify(l.Minutes, caller.PersonId, now, l.Reason, l.Grade);
                l.Signup.Recorded(now);
            }, cancel);
            if (!written.TryGet(out var outcome, out var why))
                return why;
            return outcome.Refused is [var (_, unfit)] ? unfit : await whole.Answer(shift.Id, outcome, 0, cancel);
        }, cancel);

        private Result<VerifyLine> Decide(VerifyLine line, Request body)
        {
            var (minutes, reason) = (body.Minutes ?? line.Minutes, Text.OrNull(body.Reason));
            if (minutes <= 0 || minutes % AttendanceRules.MinuteStep != 0 || TimeSpan.FromMinutes(minutes) > line.Attendance.EndsAt - line.Attendance.StartsAt)
                return new BadVerifiedMinutes();
            if (minutes == line.Minutes)
                return line with { Reason = reason };
            if (reason is null)
                return new ReasonNeeded();
            var changed = line with { Minutes = minutes, Reason = reason, Grade = AttendanceRules.Weaker(line.Grade, EvidenceGrade.B) };
            return changed.Span.End > clock.Now ? new BadVerifiedMinutes() : changed;
        }
    }
}

/// <summary>One attendance, found and locked for whoever decides about it.</summary>
internal static class OneAttendance
{
    /// <summary>The attendance with its shift and activity, tracked; or <see cref="UnknownToVerify"/>, <see cref="ActivityFinished"/>, <see cref="OwnTime"/>.</summary>
    public static async Task<Result<(Attendance Attendance, Shift Shift, Activity Activity)>> Lock(PhoenixDb db, VerifyRights rights, Guid id, Caller caller, CancellationToken cancel)
    {
        if (await db.Set<Attendance>().Where(a => a.Id == id).Select(a => (Guid?)a.ShiftId).FirstOrDefaultAsync(cancel) is not { } shiftId)
            return new UnknownToVerify();
        if (!(await rights.Lock(shiftId, caller, cancel)).TryGet(out var locked, out var refusal))
            return refusal is UnknownShift ? new UnknownToVerify() : refusal;
        var attendance = await db.Set<Attendance>().SingleAsync(a => a.Id == id, cancel);
        return (await rights.Own(caller.PersonId, cancel)).Contains(attendance.PersonId) ? new OwnTime() : (attendance, locked.Shift, locked.Activity);
    }
}
