using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>
/// 全部确认: the leader or staff verify every attendance of a shift that has no exception; records and coins are written in the same transaction, so that all of it counts
/// or none. Grade C is handed to a second approver. What another writes at the same moment is written once: the second caller finds nothing left.
/// </summary>
public static class VerifyShift
{
    /// <summary>The tap.</summary>
    /// <param name="CountReason">Why it is right although the head count differs from the list, 2 to 200 characters; needed only then.</param>
    public sealed record Request(string? CountReason = null);

    /// <summary>A line that wasn't recorded.</summary>
    /// <param name="AttendanceId">The attendance.</param>
    /// <param name="MemberId">Who.</param>
    /// <param name="Code">The refusal's stable code.</param>
    /// <param name="Why">In words.</param>
    public sealed record Refused(Guid AttendanceId, Guid MemberId, string Code, string Why);

    /// <summary>What was done.</summary>
    /// <param name="Recorded">Records that were written.</param>
    /// <param name="Minutes">Their minutes.</param>
    /// <param name="Coins">Their coins.</param>
    /// <param name="ForSecond">Lines that now wait for a second approver.</param>
    /// <param name="Left">Attendances of the shift that still wait to be verified, refused ones included; tap again where more than 1,000 were ready.</param>
    /// <param name="NotRecorded">Lines that were refused, at most 100; nothing of them was changed.</param>
    public sealed record Response(int Recorded, int Minutes, long Coins, int ForSecond, int Left, IReadOnlyList<Refused> NotRecorded);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason of a sane length.</summary>
        public Limits() => RuleFor(r => r.CountReason).Length(2, Attendance.MaxReasonLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/shifts/{id:guid}/verification", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker)
        .WithName("verifyShift").WithSummary("全部确认");

    /// <summary>Does it.</summary>
    internal sealed class Handler(
        PhoenixDb db, UnitOfWork work, VerifyRights rights, ShiftLines lines, HeadCounts counts, RecordWriter writer, IPeople people, INotifications notifications, IAuditLog audit, Clock clock)
    {
        /// <summary>
        /// What was done, or, with nothing changed, <see cref="UnknownShift"/>, <see cref="ActivityFinished"/>, <see cref="VerifyTooEarly"/>, <see cref="NothingToVerify"/>,
        /// <see cref="HeadCountDiffers"/>, or what <see cref="RecordWriter"/> refuses.
        /// </summary>
        public Task<Result<Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!(await rights.Lock(id, caller, cancel)).TryGet(out var locked, out var refusal))
                return refusal;
            var (own, count) = (await rights.Own(caller.PersonId, cancel), await counts.Of(id, cancel));
            var ready = await lines.Ready(id, own).OrderBy(a => a.Id).Take(ServiceRecordLimits.AtOnce).ToListAsync(cancel);
            if (ready.Count == 0)
                return new NothingToVerify();
            var reason = Text.OrNull(body.CountReason);
            if (count is { Matches: false, People: { } counted } && reason is null)
                return new HeadCountDiffers(counted, count.Listed);
            audit.Write("shift.verified", $"shift:{id:N}", null, reason);
            var all = await lines.Of(ready, count, cancel);
            var proposed = await Propose(locked.Activity, locked.Shift, all.FindAll(l => l.Grade == EvidenceGrade.C), caller, cancel);
            var (now, sure) = (clock.Now, all.FindAll(l => l.Grade != EvidenceGrade.C));
            var written = await writer.Write(locked.Activity, locked.Shift, sure, caller.PersonId, line =>
            {
                line.Attendance.Verify(line.Minutes, caller.PersonId, now, null, line.Grade);
                line.Signup.Recorded(now);
            }, cancel);
            return written.TryGet(out var outcome, out var why) ? await Answer(id, outcome, proposed, cancel) : why;
        }, cancel);

        /// <summary>What was done, with what is left of the shift.</summary>
        public async Task<Response> Answer(Guid shiftId, Written written, int proposed, CancellationToken cancel)
        {
            await db.SaveChangesAsync(cancel);
            var left = await db.Set<Attendance>().CountAsync(a => a.ShiftId == shiftId && (a.State == AttendanceState.Open || a.State == AttendanceState.CheckedOut), cancel);
            return new Response(
                written.Done.Count, written.Minutes, written.Coins, proposed, left,
                [.. written.Refused.Take(PageQuery.MaxLimit).Select(r => new Refused(r.Line.Attendance.Id, r.Line.Attendance.MemberId, r.Why.Code, r.Why.Message))]);
        }

        /// <summary>The first of two verifies grade C; the others are told that something waits for the second.</summary>
        public async Task<int> Propose(Activity activity, Shift shift, List<VerifyLine> late, Caller caller, CancellationToken cancel)
        {
            if (late.Count == 0)
                return 0;
            var now = clock.Now;
            foreach (var line in late)
                line.Attendance.Verify(line.Minutes, caller.PersonId, now, line.Reason, EvidenceGrade.C);
            var maker = (await people.OfPersons([caller.PersonId], cancel)).GetValueOrDefault(caller.PersonId)?.Name ?? "同事";
            await notifications.TellHolders(
                [Role.Staff, Role.SocialWorker], [caller.PersonId], $"second-approval:{shift.Id:N}:{now.ToUnixTimeMilliseconds()}",
                new ApprovalWaiting($"{activity.Title}补录 {late.Count} 人的时长", maker, now), $"packages/staff/shift/shift?id={shift.Id}", cancel);
            return late.Count;
        }
    }
}
