using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>The leader's list of a shift: who comes, who waits, who doesn't. Made to be asked for again and again: unchanged, it costs a 304.</summary>
public static class Roster
{
    /// <summary>A line.</summary>
    /// <param name="SignupId">The sign-up.</param>
    /// <param name="MemberId">Who.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="State">Where it stands now.</param>
    /// <param name="Source">How it came about.</param>
    /// <param name="IsMinor">Whether the person is under 18 on the shift's day.</param>
    /// <param name="AnswerBy">Until when a place is kept.</param>
    /// <param name="Reason">Why it was rejected, excused or cancelled.</param>
    public sealed record Line(Guid SignupId, Guid MemberId, string Name, SignupState State, SignupSource Source, bool IsMinor, DateTimeOffset? AnswerBy, string? Reason);

    /// <summary>The list.</summary>
    /// <param name="Capacity">Places.</param>
    /// <param name="Taken">Places that are taken.</param>
    /// <param name="Waiting">How many wait.</param>
    /// <param name="Lines">A page of it, in the order in which they signed up.</param>
    public sealed record Response(int Capacity, int Taken, int Waiting, Page<Line> Lines);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/shifts/{id:guid}/roster", Run)
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker)
        .WithName("getRoster").WithSummary("时段名单");

    private static async Task<Results<Ok<Response>, StatusCodeHttpResult, Refusal>> Run(
        Guid id, [AsParameters] PageQuery page, Caller caller, HttpContext http, PhoenixDb db, IPeople people, Leaderships leaderships, Clock clock, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var shift = await db.Set<Shift>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel);
        if (shift is null || (!caller.Is(Role.Staff) && !caller.Is(Role.SocialWorker) && !await leaderships.Leads(caller.PersonId, shift, cancel)))
            return new Refusal(new UnknownShift());
        var after = at.After ?? Guid.Empty;
        var rows = await db.Set<Signup>().AsNoTracking().Where(s => s.ShiftId == id && s.Id.CompareTo(after) > 0).OrderBy(s => s.Id).Take(at.Limit + 1).ToListAsync(cancel);
        var waiting = await db.Set<Signup>().CountAsync(s => s.ShiftId == id && s.State == SignupState.Waitlisted, cancel);
        var persons = rows.ConvertAll(s => s.PersonId);
        var heads = await people.OfPersons(persons, cancel);
        var minors = await people.MinorsAmong(persons, CommunityTime.Shanghai.DayOf(shift.StartsAt), cancel);
        var now = clock.Now;
        var lines = rows.ConvertAll(s => new Line(s.Id, s.MemberId, heads.GetValueOrDefault(s.PersonId)?.Name ?? "", s.StateAt(now), s.Source, minors.ContainsKey(s.PersonId), s.AnswerBy, s.Reason));
        var answer = new Response(shift.Capacity, shift.Taken, waiting, Page.Of(lines, at.Limit, l => l.SignupId));
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(answer, PhoenixJson.Options)).AsSpan(0, 12))}\"";
        http.Response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch.Contains(tag, StringComparer.Ordinal))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        if (await people.LogLooks(caller.PersonId, persons, $"shift:{id:N}", cancel) > 0)
            await db.SaveChangesAsync(cancel);
        http.Response.Headers[HeaderNames.CacheControl] = "private, no-cache";
        return TypedResults.Ok(answer);
    }
}
