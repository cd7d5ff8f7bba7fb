using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;

namespace Phoenix.App.Volunteering.Records;

/// <summary>Staff see the community's records, newest service first. Looks at minors are logged (hard rule 8).</summary>
public static class ListRecords
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/service-records", Run)
        .RequireRole(Role.Staff, Role.SocialWorker, Role.Auditor)
        .WithName("listRecords").WithSummary("服务记录");

    private static async Task<Results<Ok<Page<RecordItem>>, Refusal>> Run(
        [AsParameters] PageQuery page, [AsParameters] RecordFilter filter, Caller caller, PhoenixDb db, IPeople people, CancellationToken cancel)
    {
        if (!page.Read<RecordCursor>().TryGet(out var at, out var error))
            return new Refusal(error);
        if (filter.Refusal is { } refusal)
            return new Refusal(refusal);
        var rows = await filter.Apply(db.Set<ServiceRecord>().AsNoTracking().Latest()).NewestFirst(at.After).Take(at.Limit + 1).ToListAsync(cancel);
        var persons = rows.ConvertAll(r => r.PersonId);
        var names = (await people.OfPersons(persons, cancel)).Values.ToDictionary(h => h.MemberId, h => h.Name);
        if (await people.LogLooks(caller.PersonId, persons, "service-records", cancel) > 0)
            await db.SaveChangesAsync(cancel);
        var items = (await db.Show(rows, cancel)).ConvertAll(i => i with { MemberName = names.GetValueOrDefault(i.MemberId) });
        return TypedResults.Ok(Page.Of(items, at.Limit, RecordPages.Cursor));
    }
}
