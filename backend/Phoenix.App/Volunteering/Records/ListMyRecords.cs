using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;

namespace Phoenix.App.Volunteering.Records;

/// <summary>我的服务记录 (令67 art 12): newest service first; corrected ones as they stand now, voided ones with the reason. A guardian, or 家人 who gets the notices, names the member.</summary>
public static class ListMyRecords
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/service-records/mine", Run)
        .RequireSignedIn()
        .WithName("listMyRecords").WithSummary("我的服务记录");

    private static async Task<Results<Ok<Page<RecordItem>>, Refusal>> Run([AsParameters] PageQuery page, [FromQuery] int? year, [FromQuery] Guid? memberId, Caller caller, PhoenixDb db, IPeople people, CancellationToken cancel)
    {
        if (!page.Read<RecordCursor>().TryGet(out var at, out var error))
            return new Refusal(error);
        if (await people.WhoseRecords(memberId, caller, cancel) is not { } person)
            return new Refusal(new UnknownRecord());
        var mine = db.Set<ServiceRecord>().AsNoTracking().Where(r => r.PersonId == person).Latest();
        if (year is { } only)
        {
            if (only is < 2000 or > 9998)
                return new Refusal(new BadRecordSpan());
            var (from, to) = (new DateOnly(only, 1, 1), new DateOnly(only, 12, 31));
            mine = mine.Where(r => r.Day >= from && r.Day <= to);
        }

        var rows = await mine.NewestFirst(at.After).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(await db.Show(rows, cancel), at.Limit, RecordPages.Cursor));
    }
}
