using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>What members can borrow, by number: in, out until a day, or in repair. Never who has it.</summary>
public static class PublicEquipment
{
    /// <summary>An item as residents see it.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Number">What is stuck on it.</param>
    /// <param name="Name">What it is.</param>
    /// <param name="Kind">What it is for.</param>
    /// <param name="Place">Where it stands, in words.</param>
    /// <param name="IsFree">Whether it can be borrowed now.</param>
    /// <param name="OutUntil">The day on which it is to come back; null where it is in or in repair.</param>
    public sealed record Item(Guid Id, int Number, string Name, EquipmentKind Kind, string Place, bool IsFree, DateOnly? OutUntil);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/equipment", Run).RequireRole(Role.Member).WithName("listEquipment").WithSummary("可以借的器材");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, PhoenixDb db, EquipmentReader reader, CancellationToken cancel)
    {
        if (!page.Read<int?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var after = at.After ?? 0;
        var rows = await db.Set<EquipmentItem>().AsNoTracking().Where(i => i.State != EquipmentState.Retired && i.Number > after)
            .LeftJoin(db.Set<EquipmentLoan>().Where(l => l.ReturnedAt == null), i => i.Id, l => l.ItemId, (i, l) => new { Item = i, Due = (DateOnly?)l!.DueOn })
            .OrderBy(r => r.Item.Number).Take(at.Limit + 1).ToListAsync(cancel);
        var places = await reader.Places(rows.ConvertAll(r => r.Item), cancel);
        return TypedResults.Ok(Page.Of(
            rows.ConvertAll(r => new Item(r.Item.Id, r.Item.Number, r.Item.Name, r.Item.Kind, places[r.Item.Id], r.Item.State == EquipmentState.Ready && r.Due is null, r.Due)), at.Limit, i => i.Number));
    }
}
