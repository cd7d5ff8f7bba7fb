using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Units;

/// <summary>Who is in a unit: staff see everybody, the unit's contact only those who let the unit see their hours.</summary>
public static class ListUnitMembers
{
    /// <summary>A member of the unit.</summary>
    /// <param name="Id">The membership.</param>
    /// <param name="MemberId">The member.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="JoinedAt">Since when.</param>
    /// <param name="SharesHours">Whether the unit may see their hours.</param>
    public sealed record Item(Guid Id, Guid MemberId, string Name, DateTimeOffset JoinedAt, bool SharesHours);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/units/{id:guid}/members", (
            Guid id, [AsParameters] PageQuery page, Caller caller, PhoenixDb db, IUnits units, IPeople people, CancellationToken cancel) => Run(id, page, caller, db, units, people, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.UnitContact)
        .WithName("listUnitMembers").WithSummary("单位成员");

    private static async Task<Result<Page<Item>>> Run(Guid id, PageQuery page, Caller caller, PhoenixDb db, IUnits units, IPeople people, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return error;
        var all = caller.Is(Role.Staff);
        if (!await db.Set<Unit>().AnyAsync(u => u.Id == id, cancel) || (!all && !await units.IsContact(id, caller.PersonId, cancel)))
            return new UnknownUnit();
        var after = at.After ?? Guid.Empty;
        var rows = await db.Set<UnitMember>().Where(m => m.UnitId == id && m.EndedAt == null && m.JoinedAt != null && (all || m.SharesHoursSince != null) && m.Id.CompareTo(after) > 0)
            .Join(db.Set<Member>(), p => p.PersonId, m => m.PersonId, (p, m) => new { p.Id, p.PersonId, MemberId = m.Id, m.DisplayName, p.JoinedAt, p.SharesHoursSince })
            .OrderBy(r => r.Id).Take(at.Limit + 1).ToListAsync(cancel);
        if (await people.LogLooks(caller.PersonId, rows.ConvertAll(r => r.PersonId), $"unit:{id:N}", cancel) > 0)
            await db.SaveChangesAsync(cancel);
        return Page.Of(rows.ConvertAll(r => new Item(r.Id, r.MemberId, r.DisplayName, r.JoinedAt!.Value, r.SharesHoursSince is not null)), at.Limit, i => i.Id);
    }
}
