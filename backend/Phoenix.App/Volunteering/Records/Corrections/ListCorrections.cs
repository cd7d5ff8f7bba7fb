using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records.Corrections;

/// <summary>Questions about records: those that somebody asked or that are about their records, newest first; and for staff those that wait, the most urgent first.</summary>
public static class ListCorrections
{
    /// <summary>A question on the staff's list.</summary>
    /// <param name="Correction">The question.</param>
    /// <param name="MemberId">Whose record.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="MayAnswer">Whether the caller may answer: not their own.</param>
    public sealed record Item(CorrectionItem Correction, Guid? MemberId, string? Name, bool MayAnswer);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/record-corrections/mine", Mine)
            .RequireSignedIn()
            .WithName("listMyCorrections").WithSummary("我的更正申请");
        community.MapGet("/record-corrections", All)
            .RequireRole(Role.Staff, Role.SocialWorker, Role.Auditor)
            .WithName("listCorrections").WithSummary("更正申请");
    }

    private static async Task<Results<Ok<Page<CorrectionItem>>, Refusal>> Mine([AsParameters] PageQuery page, Caller caller, PhoenixDb db, ICommunityCalendar calendar, Clock clock, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var mine = db.Set<Correction>().AsNoTracking().Where(c => c.PersonId == caller.PersonId || c.AskedBy == caller.PersonId);
        if (at.After is { } before)
            mine = mine.Where(c => c.Id.CompareTo(before) < 0);
        var rows = await mine.OrderByDescending(c => c.Id).Take(at.Limit + 1).ToListAsync(cancel);
        var today = calendar.Time.DayOf(clock.Now);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(c => CorrectionItem.Of(c, today)), at.Limit, i => i.Id));
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> All(
        [AsParameters] PageQuery page, [FromQuery] string? state, [FromQuery] bool? overdue, Caller caller, PhoenixDb db, IPeople people, ICommunityCalendar calendar, Clock clock, CancellationToken cancel)
    {
        if (!page.Read<Cursor>().TryGet(out var at, out var error))
            return new Refusal(error);
        if (!Enum.TryParse<CorrectionState>(state ?? nameof(CorrectionState.Asked), ignoreCase: true, out var wanted))
            return new Refusal(new BadParameter());
        var today = calendar.Time.DayOf(clock.Now);
        var found = db.Set<Correction>().AsNoTracking().Where(c => c.State == wanted);
        if (overdue is { } late)
            found = found.Where(c => (c.AnswerBy < today) == late);
        if (at.After is { AnswerBy: var day, Id: var id })
            found = found.Where(c => c.AnswerBy > day || c.AnswerBy == day && c.Id.CompareTo(id) > 0);
        var rows = await found.OrderBy(c => c.AnswerBy).ThenBy(c => c.Id).Take(at.Limit + 1).ToListAsync(cancel);
        var heads = await people.OfPersons(rows.ConvertAll(c => c.PersonId), cancel);
        await people.LogLooks(caller.PersonId, rows.ConvertAll(c => c.PersonId), "record-corrections", cancel);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(Show), at.Limit, i => new Cursor(i.Correction.AnswerBy, i.Correction.Id)));

        Item Show(Correction c)
        {
            var head = heads.GetValueOrDefault(c.PersonId);
            return new Item(CorrectionItem.Of(c, today), head?.MemberId, head?.Name, c.State == CorrectionState.Asked && c.AskedBy != caller.PersonId && c.PersonId != caller.PersonId && !caller.Is(Role.Auditor));
        }
    }

    private sealed record Cursor(DateOnly AnswerBy, Guid Id);
}
