using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>The list of items for who lends them: what is out first, the longest overdue at the top, then by number. Retired ones only where asked for.</summary>
public static class StaffEquipment
{
    // What is in comes after every due day that there can be.
    private static readonly DateOnly s_in = new(9000, 1, 1);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/staff/equipment", List).RequireRole(Role.Staff, Role.SocialWorker, Role.Leader).WithName("listStaffEquipment").WithSummary("器材清单");
        community.MapGet("/staff/equipment/{id:guid}", (Guid id, Caller caller, PhoenixDb db, EquipmentDesk desk, EquipmentReader reader, CancellationToken cancel) => Get(id, caller, db, desk, reader, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker, Role.Leader).WithName("getStaffEquipment").WithSummary("一件器材（工作人员和负责人）");
    }

    private static async Task<Results<Ok<Page<EquipmentView>>, Refusal>> List(
        [AsParameters] PageQuery page, [FromQuery] bool? retired, [FromQuery] bool? overdue, Caller caller, PhoenixDb db, EquipmentReader reader, CancellationToken cancel)
    {
        if (!page.Read<Cursor>().TryGet(out var at, out var error))
            return new Refusal(error);
        var (onlyRetired, today) = (retired is true, reader.Today);
        var rows = db.Set<EquipmentItem>().AsNoTracking().Where(i => (i.State == EquipmentState.Retired) == onlyRetired)
            .LeftJoin(db.Set<EquipmentLoan>().AsNoTracking().Where(l => l.ReturnedAt == null), i => i.Id, l => l.ItemId, (i, l) => new { Item = i, Loan = l, Due = l == null ? s_in : l.DueOn });
        if (overdue is { } late)
            rows = rows.Where(r => r.Due < today == late);
        if (at.After is { Due: var due, Number: var number })
            rows = rows.Where(r => r.Due > due || (r.Due == due && r.Item.Number > number));
        var read = await rows.OrderBy(r => r.Due).ThenBy(r => r.Item.Number).Take(at.Limit + 1).ToListAsync(cancel);
        var items = await reader.Show(read.ConvertAll(r => (r.Item, r.Loan)), caller, cancel);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(Page.Of(items, at.Limit, i => new Cursor(i.Loan?.DueOn ?? s_in, i.Number)));
    }

    private static async Task<Result<EquipmentView>> Get(Guid id, Caller caller, PhoenixDb db, EquipmentDesk desk, EquipmentReader reader, CancellationToken cancel)
    {
        if (await db.Set<EquipmentItem>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, cancel) is not { } item)
            return new UnknownEquipment();
        var shown = await reader.Show(item, await desk.OpenLoan(id, cancel), caller, cancel);
        await db.SaveChangesAsync(cancel);
        return shown;
    }

    private sealed record Cursor(DateOnly Due, int Number);
}
