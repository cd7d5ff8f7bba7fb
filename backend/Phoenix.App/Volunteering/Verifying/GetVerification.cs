using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>
/// 核时长: what one 全部确认 would record, the head count beside the list, and the exceptions, which are settled first or left to another. For the shift's leader and
/// staff; looks at minors are logged.
/// </summary>
public static class GetVerification
{
    /// <summary>Why a line isn't verified with the rest.</summary>
    public enum Problem
    {
        /// <summary>没签退.</summary>
        NotCheckedOut,

        /// <summary>不足 5 分钟.</summary>
        TooShort,

        /// <summary>自己或家人的: another verifies it.</summary>
        Own,

        /// <summary>补录，等第二人复核.</summary>
        ForSecond,
    }

    /// <summary>A line.</summary>
    /// <param name="AttendanceId">The attendance.</param>
    /// <param name="MemberId">Who.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="IsMinor">Whether the person is under 18 on the shift's day.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="CheckedInAt">When they came.</param>
    /// <param name="CheckedInWay">How that is known.</param>
    /// <param name="CheckedOutAt">When they went.</param>
    /// <param name="CheckedOutWay">How that is known.</param>
    /// <param name="Minutes">Minutes as worked out; null while there.</param>
    /// <param name="VerifiedMinutes">Minutes as verified.</param>
    /// <param name="Grade">How sure it is.</param>
    /// <param name="Problem">Why it isn't verified with the rest; null where it is, or was.</param>
    /// <param name="Reason">Why the minutes were changed, or why it doesn't count.</param>
    public sealed record Line(
        Guid AttendanceId, Guid MemberId, string Name, bool IsMinor, AttendanceState State, DateTimeOffset CheckedInAt, CheckWay CheckedInWay, DateTimeOffset? CheckedOutAt,
        CheckWay? CheckedOutWay, int? Minutes, int? VerifiedMinutes, EvidenceGrade Grade, Problem? Problem, string? Reason);

    /// <summary>What one 全部确认 would do.</summary>
    /// <param name="People">Whose records it would write.</param>
    /// <param name="Minutes">Their minutes.</param>
    /// <param name="Coins">Their coins.</param>
    /// <param name="ForSecond">How many more it would hand to a second approver (grade C).</param>
    public sealed record Ready(int People, int Minutes, long Coins, int ForSecond);

    /// <summary>The page.</summary>
    /// <param name="ShiftId">The shift.</param>
    /// <param name="Activity">The activity's title.</param>
    /// <param name="StartsAt">Its first instant.</param>
    /// <param name="EndsAt">The instant after its last.</param>
    /// <param name="Count">The head count beside the list. Where it doesn't match, scans become grade B, and where somebody counted, 全部确认 wants a reason.</param>
    /// <param name="Ready">What one 全部确认 would do.</param>
    /// <param name="Recorded">How many have been verified.</param>
    /// <param name="Deadline">The last day for the records (令67 art 11).</param>
    /// <param name="Lines">A page of the exceptions, or of all lines.</param>
    public sealed record Response(
        Guid ShiftId, string Activity, DateTimeOffset StartsAt, DateTimeOffset EndsAt, HeadCount Count, Ready Ready, int Recorded, DateOnly Deadline, Page<Line> Lines);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/shifts/{id:guid}/verification", (
            Guid id, [AsParameters] PageQuery page, [FromQuery] bool? all, Caller caller, Reader reader, CancellationToken cancel) => reader.Run(id, page, all is true, caller, cancel).ToHttp())
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker)
        .WithName("getVerification").WithSummary("核时长");

    /// <summary>Reads it.</summary>
    internal sealed class Reader(PhoenixDb db, VerifyRights rights, ShiftLines lines, HeadCounts counts, RecordWriter writer, IServiceRecordBook book, IPeople people)
    {
        /// <summary>The page, or <see cref="UnknownShift"/>.</summary>
        public async Task<Result<Response>> Run(Guid id, PageQuery page, bool all, Caller caller, CancellationToken cancel)
        {
            if (!page.Read<Guid?>().TryGet(out var at, out var error))
                return error;
            if (await db.Set<Shift>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } shift || !await rights.May(caller, shift, cancel))
                return new UnknownShift();
            var activity = await db.Set<Activity>().AsNoTracking().SingleAsync(a => a.Id == shift.ActivityId, cancel);
            var (own, count, after) = (await rights.Own(caller.PersonId, cancel), await counts.Of(id, cancel), at.After ?? Guid.Empty);
            var wanted = all ? db.Set<Attendance>().Where(a => a.ShiftId == id) : lines.Exceptions(id, own);
            var rows = await wanted.AsNoTracking().Where(a => a.Id.CompareTo(after) > 0).OrderBy(a => a.Id).Take(at.Limit + 1).ToListAsync(cancel);
            var recorded = await db.Set<Attendance>().CountAsync(a => a.ShiftId == id && a.State == AttendanceState.Verified, cancel);
            var shown = Page.Of(await Show(rows, shift, own, cancel), at.Limit, l => l.AttendanceId);
            if (await people.LogLooks(caller.PersonId, rows.ConvertAll(r => r.PersonId), $"shift:{id:N}", cancel) > 0)
                await db.SaveChangesAsync(cancel);
            return new Response(
                id, activity.Title, shift.StartsAt, shift.EndsAt, count, await WouldDo(activity, shift, own, count, caller.PersonId, cancel), recorded,
                await book.DeadlineOf(shift.EndsAt, cancel), shown);
        }

        private async Task<Ready> WouldDo(Activity activity, Shift shift, Guid[] own, HeadCount count, Guid caller, CancellationToken cancel)
        {
            var ready = await lines.Of(await lines.Ready(shift.Id, own).AsNoTracking().OrderBy(a => a.Id).Take(ServiceRecordLimits.AtOnce).ToListAsync(cancel), count, cancel);
            var sure = ready.FindAll(l => l.Grade != EvidenceGrade.C);
            var drafts = await writer.Draft(activity, shift, sure, caller, cancel);
            return new Ready(drafts.Count, drafts.Sum(d => d.Minutes), drafts.Sum(d => d.Coins), ready.Count - sure.Count);
        }

        private async Task<List<Line>> Show(List<Attendance> rows, Shift shift, Guid[] own, CancellationToken cancel)
        {
            var persons = rows.ConvertAll(r => r.PersonId);
            var heads = await people.OfPersons(persons, cancel);
            var minors = await people.MinorsAmong(persons, CommunityTime.Shanghai.DayOf(shift.StartsAt), cancel);
            return rows.ConvertAll(a => new Line(
                a.Id, a.MemberId, heads.GetValueOrDefault(a.PersonId)?.Name ?? "", minors.ContainsKey(a.PersonId), a.State, a.CheckedInAt, a.CheckedInWay, a.CheckedOutAt, a.CheckedOutWay,
                a.Minutes, a.VerifiedMinutes, a.Grade, ProblemOf(a, own), a.Reason));
        }

        private static Problem? ProblemOf(Attendance a, Guid[] own) => a.State switch
        {
            AttendanceState.Verified or AttendanceState.NotCounted => null,
            AttendanceState.Proposed => Problem.ForSecond,
            AttendanceState.Open => Problem.NotCheckedOut,
            _ when own.Contains(a.PersonId) => Problem.Own,
            _ => a.Minutes == 0 ? Problem.TooShort : null,
        };
    }
}
