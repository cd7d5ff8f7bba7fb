using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>
/// The leader's screen at the door: who is expected, who is there, who went, the head count beside it, and what phones kept that doesn't fit. Asked for every few
/// seconds: unchanged it costs four counts and a 304, whatever the size of the shift.
/// </summary>
public static class LiveRoster
{
    /// <summary>Most conflicts shown.</summary>
    public const int MaxConflicts = 50;

    /// <summary>A line.</summary>
    /// <param name="SignupId">The sign-up.</param>
    /// <param name="MemberId">Who.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="IsMinor">Whether under 18 on the shift's day.</param>
    /// <param name="State">Where the sign-up stands.</param>
    /// <param name="AttendanceId">The attendance; null for who hasn't come.</param>
    /// <param name="CheckedInAt">When they came.</param>
    /// <param name="CheckedInWay">How that is known.</param>
    /// <param name="CheckedOutAt">When they went; null while there.</param>
    /// <param name="CheckedOutWay">How that is known.</param>
    /// <param name="Minutes">As worked out.</param>
    /// <param name="Grade">How sure it is.</param>
    /// <param name="IsNear">Whether the phone was near, where its owner let it say so; null otherwise.</param>
    public sealed record Line(
        Guid SignupId, Guid MemberId, string Name, bool IsMinor, SignupState State, Guid? AttendanceId, DateTimeOffset? CheckedInAt, CheckWay? CheckedInWay,
        DateTimeOffset? CheckedOutAt, CheckWay? CheckedOutWay, int? Minutes, EvidenceGrade? Grade, bool? IsNear);

    /// <summary>What a phone kept and what doesn't fit.</summary>
    /// <param name="Id">The phone's id of it.</param>
    /// <param name="MemberId">About whom; null where the scan named nobody.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="At">When, put right by the server's clock.</param>
    /// <param name="DeviceAt">When, by the phone's.</param>
    /// <param name="HeardAt">When the server heard of it.</param>
    /// <param name="Message">What doesn't fit.</param>
    public sealed record Conflict(Guid Id, Guid? MemberId, string? Name, DateTimeOffset At, DateTimeOffset? DeviceAt, DateTimeOffset HeardAt, string Message);

    /// <summary>The screen.</summary>
    /// <param name="Expected">People with a place, all of them.</param>
    /// <param name="There">Those who are there now.</param>
    /// <param name="Gone">Those who checked out.</param>
    /// <param name="HeadCount">The head count beside the list.</param>
    /// <param name="Conflicts">What doesn't fit, newest first.</param>
    /// <param name="Lines">A page of the list.</param>
    public sealed record Response(int Expected, int There, int Gone, HeadCount HeadCount, IReadOnlyList<Conflict> Conflicts, Page<Line> Lines);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/shifts/{id:guid}/attendance", Run)
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker)
        .WithName("getAttendance").WithSummary("现场名单：谁到了，谁走了");

    private static readonly SignupState[] Shown =
        [SignupState.Confirmed, SignupState.CheckedIn, SignupState.CheckedOut, SignupState.Verified, SignupState.Recorded, SignupState.NoShow];

    private static async Task<Results<Ok<Response>, StatusCodeHttpResult, Refusal>> Run(
        Guid id, [AsParameters] PageQuery page, Caller caller, HttpContext http, PhoenixDb db, IPeople people, Entrance entrance, HeadCounts counts, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var shift = await db.Set<Shift>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel);
        if (shift is null || !await entrance.Leads(shift, caller, cancel))
            return new Refusal(new UnknownShift());
        // Whatever is shown raises a count, a version or an instant here.
        var tag = await Tag(db, id, at.After, at.Limit, cancel);
        http.Response.Headers.ETag = tag;
        http.Response.Headers[HeaderNames.CacheControl] = "private, no-cache";
        if (http.Request.Headers.IfNoneMatch.Contains(tag, StringComparer.Ordinal))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var after = at.After ?? Guid.Empty;
        var signups = await db.Set<Signup>().AsNoTracking().Where(s => s.ShiftId == id && s.Id.CompareTo(after) > 0 && Shown.Contains(s.State)).OrderBy(s => s.Id).Take(at.Limit + 1).ToListAsync(cancel);
        var (conflicts, concerned) = await Conflicts(db, people, id, cancel);
        var lines = await Lines(db, people, shift, signups, cancel);
        if (await people.LogLooks(caller.PersonId, [.. signups.Select(s => s.PersonId).Union(concerned)], $"shift:{id:N}", cancel) > 0)
            await db.SaveChangesAsync(cancel);
        var states = await db.Set<Attendance>().Where(a => a.ShiftId == id && a.State != AttendanceState.NotCounted).GroupBy(a => a.State == AttendanceState.Open).Select(g => new { IsOpen = g.Key, People = g.Count() }).ToListAsync(cancel);
        return TypedResults.Ok(new Response(
            shift.Taken, states.Where(s => s.IsOpen).Sum(s => s.People), states.Where(s => !s.IsOpen).Sum(s => s.People), await counts.Of(id, cancel), conflicts, Page.Of(lines, at.Limit, l => l.SignupId)));
    }

    private static async Task<string> Tag(PhoenixDb db, Guid id, Guid? after, int limit, CancellationToken cancel)
    {
        var signups = await db.Set<Signup>().Where(s => s.ShiftId == id && Shown.Contains(s.State)).GroupBy(_ => 1).Select(g => new { People = g.Count(), Last = g.Max(s => s.ChangedAt) }).FirstOrDefaultAsync(cancel);
        var attendances = await db.Set<Attendance>().Where(a => a.ShiftId == id).GroupBy(_ => 1).Select(g => new { People = g.Count(), Versions = g.Sum(a => (long)a.Version) }).FirstOrDefaultAsync(cancel);
        var events = await db.Set<AttendanceEvent>().CountAsync(e => e.ShiftId == id && e.Kind == AttendanceEventKind.Conflict, cancel);
        var fixes = await db.Set<AttendanceFix>().CountAsync(f => db.Set<Attendance>().Any(a => a.Id == f.AttendanceId && a.ShiftId == id), cancel);
        var counted = await db.Set<ShiftCount>().Where(c => c.ShiftId == id).Select(c => new { c.People, c.CountedAt }).FirstOrDefaultAsync(cancel);
        return string.Create(CultureInfo.InvariantCulture,
            $"\"{signups?.People}.{signups?.Last.ToUnixTimeMilliseconds()}.{attendances?.People}.{attendances?.Versions}.{events}.{fixes}.{counted?.People}.{counted?.CountedAt.ToUnixTimeMilliseconds()}.{after:N}.{limit}\"");
    }

    private static async Task<List<Line>> Lines(PhoenixDb db, IPeople people, Shift shift, List<Signup> signups, CancellationToken cancel)
    {
        var (ids, persons) = (signups.ConvertAll(s => s.Id), signups.ConvertAll(s => s.PersonId));
        var attendances = await db.Set<Attendance>().AsNoTracking().Where(a => ids.Contains(a.SignupId)).ToDictionaryAsync(a => a.SignupId, cancel);
        var known = attendances.Values.Select(a => a.Id).ToArray();
        var near = (await db.Set<AttendanceFix>().AsNoTracking().Where(f => known.Contains(f.AttendanceId)).Select(f => new { f.AttendanceId, f.IsNear }).ToListAsync(cancel)).ToLookup(f => f.AttendanceId, f => f.IsNear);
        var heads = await people.OfPersons(persons, cancel);
        var minors = await people.MinorsAmong(persons, CommunityTime.Shanghai.DayOf(shift.StartsAt), cancel);
        return signups.ConvertAll(s =>
        {
            var a = attendances.GetValueOrDefault(s.Id);
            return new Line(
                s.Id, s.MemberId, heads.GetValueOrDefault(s.PersonId)?.Name ?? "", minors.ContainsKey(s.PersonId), s.State, a?.Id, a?.CheckedInAt, a?.CheckedInWay,
                a?.CheckedOutAt, a?.CheckedOutWay, a?.Minutes, a?.Grade, a is not null && near.Contains(a.Id) ? near[a.Id].All(isNear => isNear) : null);
        });
    }

    private static async Task<(IReadOnlyList<Conflict> Shown, IEnumerable<Guid> Persons)> Conflicts(PhoenixDb db, IPeople people, Guid id, CancellationToken cancel)
    {
        var rows = await db.Set<AttendanceEvent>().AsNoTracking().Where(e => e.ShiftId == id && e.Kind == AttendanceEventKind.Conflict).OrderByDescending(e => e.HeardAt).ThenBy(e => e.Id).Take(MaxConflicts).ToListAsync(cancel);
        var heads = await people.OfMembers([.. rows.Select(e => e.MemberId).OfType<Guid>().Distinct()], cancel);
        var shown = rows.ConvertAll(e => new Conflict(e.Id, e.MemberId, e.MemberId is { } m ? heads.GetValueOrDefault(m)?.Name : null, e.At, e.DeviceAt, e.HeardAt, e.Note!));
        return (shown, heads.Values.Select(h => h.PersonId));
    }
}
