using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>
/// 复核补录: a second member of staff agrees to what the first verified without better evidence (grade C). The hours count; whether coins come with them is the second's to say, by the
/// community's policy. Who doesn't agree leaves it out with a reason, or takes it up again.
/// </summary>
public static class ApproveSecond
{
    /// <summary>The agreement.</summary>
    /// <param name="WithCoins">Whether coins come with the hours.</param>
    /// <param name="AttendanceIds">Only these, at most 100; null for all of the shift that wait and aren't the caller's own or proposed by the caller.</param>
    public sealed record Request(bool WithCoins = false, IReadOnlyList<Guid>? AttendanceIds = null);

    /// <summary>Something that waits for a second approver.</summary>
    /// <param name="AttendanceId">The attendance.</param>
    /// <param name="ShiftId">The shift.</param>
    /// <param name="Activity">The activity's title.</param>
    /// <param name="StartsAt">The shift's first instant.</param>
    /// <param name="MemberId">Who.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="Minutes">Minutes as the first found them.</param>
    /// <param name="Reason">What the first wrote.</param>
    /// <param name="FirstBy">Who was the first.</param>
    /// <param name="FirstAt">When.</param>
    public sealed record Item(Guid AttendanceId, Guid ShiftId, string Activity, DateTimeOffset StartsAt, Guid MemberId, string Name, int Minutes, string? Reason, string FirstBy, DateTimeOffset FirstAt);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A page of ids.</summary>
        public Limits() => RuleFor(r => r.AttendanceIds!.Count).InclusiveBetween(1, PageQuery.MaxLimit).When(r => r.AttendanceIds is not null).WithName("人数");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/staff/second-approvals", List).RequireRole(Role.Staff, Role.SocialWorker).WithName("listSecondApprovals").WithSummary("待复核的补录");
        community.MapPost("/shifts/{id:guid}/second-approval", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("approveSecond").WithSummary("复核补录");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, Caller caller, PhoenixDb db, IPeople people, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var after = at.After ?? Guid.Empty;
        var rows = await db.Set<Attendance>().AsNoTracking().Where(a => a.State == AttendanceState.Proposed && a.Id.CompareTo(after) > 0).OrderBy(a => a.Id).Take(at.Limit + 1)
            .Join(db.Set<Activity>(), a => a.ActivityId, a => a.Id, (a, activity) => new { Attendance = a, activity.Title }).OrderBy(r => r.Attendance.Id).ToListAsync(cancel);
        var persons = rows.ConvertAll(r => r.Attendance.PersonId);
        var heads = await people.OfPersons([.. persons, .. rows.Select(r => r.Attendance.VerifiedBy!.Value)], cancel);
        if (await people.LogLooks(caller.PersonId, persons, "second-approvals", cancel) > 0)
            await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(r => Show(r.Attendance, r.Title, heads)), at.Limit, i => i.AttendanceId));
    }

    private static Item Show(Attendance a, string title, IReadOnlyDictionary<Guid, MemberHead> heads) => new(
        a.Id, a.ShiftId, title, a.StartsAt, a.MemberId, heads.GetValueOrDefault(a.PersonId)?.Name ?? "", a.VerifiedMinutes!.Value, a.Reason, heads.GetValueOrDefault(a.VerifiedBy!.Value)?.Name ?? "同事",
        a.VerifiedAt!.Value);

    /// <summary>Does it.</summary>
    internal sealed class Handler(
        PhoenixDb db, UnitOfWork work, VerifyRights rights, ShiftLines lines, HeadCounts counts, RecordWriter writer, VerifyShift.Handler whole, INotifications notifications, IAuditLog audit, Clock clock)
    {
        /// <summary>
        /// What was done, or <see cref="UnknownShift"/>, <see cref="ActivityFinished"/>, <see cref="SecondIsAnother"/>, <see cref="OwnTime"/>, <see cref="NothingForSecond"/>, or what
        /// <see cref="RecordWriter"/> refuses.
        /// </summary>
        public Task<Result<VerifyShift.Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<VerifyShift.Response>(requestId, async () =>
        {
            if (!(await rights.Lock(id, caller, cancel)).TryGet(out var locked, out var refusal))
                return refusal;
            var (own, only) = (await rights.Own(caller.PersonId, cancel), body.AttendanceIds?.ToArray());
            var waiting = await db.Set<Attendance>().Where(a => a.ShiftId == id && a.State == AttendanceState.Proposed && (only == null || only.Contains(a.Id)))
                .OrderBy(a => a.Id).Take(Records.ServiceRecordLimits.AtOnce).ToListAsync(cancel);
            var mine = waiting.FindAll(a => a.VerifiedBy != caller.PersonId && !own.Contains(a.PersonId));
            if (mine.Count == 0)
                return waiting.Count == 0 ? new NothingForSecond() : waiting.TrueForAll(a => a.VerifiedBy == caller.PersonId) ? new SecondIsAnother() : new OwnTime();
            audit.Write("shift.second_verified", $"shift:{id:N}", null, body.WithCoins ? "给凤凰币" : "只记时长");
            var late = (await lines.Of(mine, await counts.Of(id, cancel), cancel)).ConvertAll(l => body.WithCoins ? l : l with { HoursOnly = true });
            var now = clock.Now;
            await Tell(locked.Activity, mine, now, cancel);
            var written = await writer.Write(locked.Activity, locked.Shift, late, caller.PersonId, line =>
            {
                line.Attendance.Second(caller.PersonId, now);
                line.Signup.Recorded(now);
            }, cancel);
            return written.TryGet(out var outcome, out var why) ? await whole.Answer(id, outcome, 0, cancel) : why;
        }, cancel);

        private async Task Tell(Activity activity, List<Attendance> mine, DateTimeOffset now, CancellationToken cancel)
        {
            foreach (var first in mine.GroupBy(a => a.VerifiedBy!.Value))
                await notifications.Tell(new Notice(
                    first.Key, $"second-approved:{mine[0].ShiftId:N}:{now.ToUnixTimeMilliseconds()}",
                    new ApprovalAnswered($"{activity.Title}补录 {first.Count()} 人的时长", true, null, now), $"packages/leader/shift/shift?id={mine[0].ShiftId}"), cancel);
        }
    }
}
