using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>借还记录: an item's, newest first, and everything of a span of days as an XLSX. Who exported is logged.</summary>
public static class LoanLog
{
    private static readonly IReadOnlyList<string> s_headings = ["编号", "器材", "类别", "借用人", "联系电话", "借出日", "经办", "应还日", "续借次数", "归还日", "收回", "情况", "说明"];

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/staff/equipment/{id:guid}/loans", List).RequireRole(Role.Staff, Role.SocialWorker).WithName("listEquipmentLoans").WithSummary("一件器材的借还记录");
        community.MapGet("/staff/equipment-loans.xlsx", Export)
            .RequireRole(Role.Staff, Role.SocialWorker)
            .Produces(StatusCodes.Status200OK, contentType: Sheet.MediaType)
            .WithName("exportEquipmentLoans").WithSummary("导出器材借还记录");
    }

    private static async Task<Results<Ok<Page<LoanView>>, Refusal>> List(Guid id, [AsParameters] PageQuery page, Caller caller, PhoenixDb db, EquipmentReader reader, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        if (!await db.Set<EquipmentItem>().AnyAsync(i => i.Id == id, cancel))
            return new Refusal(new UnknownEquipment());
        var loans = db.Set<EquipmentLoan>().AsNoTracking().Where(l => l.ItemId == id);
        if (at.After is { } before)
            loans = loans.Where(l => l.Id.CompareTo(before) < 0);
        var items = await reader.Loans(await loans.OrderByDescending(l => l.Id).Take(at.Limit + 1).ToListAsync(cancel), caller, cancel);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(Page.Of(items, at.Limit, l => l.Id));
    }

    private static async Task<Results<FileContentHttpResult, Refusal>> Export(
        [FromQuery] DateOnly? from, [FromQuery] DateOnly? to, Caller caller, PhoenixDb db, EquipmentReader reader, ICommunityCalendar calendar, IAuditLog audit, CancellationToken cancel)
    {
        var loans = db.Set<EquipmentLoan>().AsNoTracking();
        if (from is { } first && calendar.Time.StartOf(first) is var start)
            loans = loans.Where(l => l.LentAt >= start);
        if (to is { } last && calendar.Time.EndOf(last) is var end)
            loans = loans.Where(l => l.LentAt < end);
        var rows = await loans.OrderBy(l => l.Id).Take(Sheet.MaxRows + 1).ToListAsync(cancel);
        if (rows.Count > Sheet.MaxRows)
            return new Refusal(new ExportTooLong());
        var items = await db.Set<EquipmentItem>().AsNoTracking().Where(i => loans.Any(l => l.ItemId == i.Id)).ToDictionaryAsync(i => i.Id, cancel);
        var shown = await reader.Loans(rows, caller, cancel);
        audit.Write("equipment.exported", $"equipment-loans:{rows.Count}");
        await db.SaveChangesAsync(cancel);
        return Sheet.File(Sheet.Write("器材借还", s_headings, shown.Select(l => Row(l, items[l.ItemId], calendar))), "equipment-loans.xlsx");
    }

    private static IReadOnlyList<object?> Row(LoanView l, EquipmentItem item, ICommunityCalendar calendar) =>
    [
        item.Number, item.Name, EquipmentWords.Of(item.Kind), l.Borrower, l.Phone, calendar.Time.DayOf(l.LentAt), l.LentBy, l.DueOn, l.Extensions,
        l.ReturnedAt is { } at ? calendar.Time.DayOf(at) : null, l.ReturnedTo, EquipmentWords.Of(l.Condition), l.Note,
    ];
}
