using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Identity;

namespace Phoenix.App.Volunteering.Records.Province;

/// <summary>Records as an XLSX in the order of the province's columns, oldest service first, to be entered there. Who exported what is logged.</summary>
public static class ExportForProvince
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/service-records/province.xlsx", Run)
        .RequireRole(Role.Staff, Role.SocialWorker)
        .Produces(StatusCodes.Status200OK, contentType: Sheet.MediaType)
        .WithName("exportForProvince").WithSummary("导出服务记录（省系统格式）");

    private static async Task<Results<FileContentHttpResult, Refusal>> Run(
        [AsParameters] RecordFilter filter, [FromQuery] bool? entered, Caller caller, PhoenixDb db, IPeople people, ILawfulDetails details, ICommunityCalendar calendar, IAuditLog audit, CancellationToken cancel)
    {
        if (filter.Refusal is { } refusal)
            return new Refusal(refusal);
        var entries = db.Set<ProvinceEntry>().AsNoTracking();
        var records = filter.Apply(db.Set<ServiceRecord>().AsNoTracking().Where(r => r.Ending == null));
        if (entered is { } wanted)
            records = records.Where(r => entries.Any(e => e.VersionId == r.Id) == wanted);
        var rows = await records.OrderBy(r => r.StartAt).ThenBy(r => r.Id)
            .Select(r => new { Record = r, Entry = entries.FirstOrDefault(e => e.VersionId == r.Id) })
            .Take(Sheet.MaxRows + 1).ToListAsync(cancel);
        if (rows.Count > Sheet.MaxRows)
            return new Refusal(new ExportTooLong());
        var persons = rows.ConvertAll(r => r.Record.PersonId);
        var (heads, named) = (await people.OfPersons(persons, cancel), await details.Of(persons, cancel));
        await people.LogLooks(caller.PersonId, persons, "service-records.province", cancel);
        audit.Write("records.exported", $"records:{rows.Count}");
        await db.SaveChangesAsync(cancel);
        return Sheet.File(Sheet.Write("服务记录", ProvinceSheet.Columns, rows.Select(r => ProvinceSheet.Row(r.Record, r.Entry, named.GetValueOrDefault(r.Record.PersonId), heads.GetValueOrDefault(r.Record.PersonId)?.Name, calendar.Time))), "service-records.xlsx");
    }
}
