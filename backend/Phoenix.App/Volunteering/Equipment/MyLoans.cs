using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>我借的器材: the caller's, and those of who lets the caller have their notices; newest first.</summary>
public static class MyLoans
{
    /// <summary>A loan as the borrower sees it.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Number">What is stuck on the item.</param>
    /// <param name="Name">What the item is.</param>
    /// <param name="Place">Where it is to be brought back.</param>
    /// <param name="BorrowerName">Who borrowed, where it isn't the caller.</param>
    /// <param name="LentAt">When it was handed out.</param>
    /// <param name="DueOn">The last day.</param>
    /// <param name="IsOverdue">Whether it is out and the day is past.</param>
    /// <param name="ReturnedAt">When it came back; null while it is out.</param>
    public sealed record Item(Guid Id, int Number, string Name, string Place, string? BorrowerName, DateTimeOffset LentAt, DateOnly DueOn, bool IsOverdue, DateTimeOffset? ReturnedAt);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/my/equipment-loans", Run).RequireRole(Role.Member).WithName("listMyEquipmentLoans").WithSummary("我借的器材");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, Caller caller, PhoenixDb db, IPeople people, EquipmentReader reader, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var others = (await people.ActsFor(caller.PersonId, cancel)).Where(a => a.Rights.HasFlag(FamilyRights.Notices)).Select(a => a.Member).ToDictionary(m => m.PersonId, m => m.Name);
        Guid?[] persons = [caller.PersonId, .. others.Keys];
        var loans = db.Set<EquipmentLoan>().AsNoTracking().Where(l => persons.Contains(l.BorrowerId));
        if (at.After is { } before)
            loans = loans.Where(l => l.Id.CompareTo(before) < 0);
        var rows = await loans.OrderByDescending(l => l.Id).Take(at.Limit + 1).Join(db.Set<EquipmentItem>(), l => l.ItemId, i => i.Id, (l, i) => new { Loan = l, Item = i }).OrderByDescending(r => r.Loan.Id).ToListAsync(cancel);
        var (places, today) = (await reader.Places([.. rows.Select(r => r.Item).DistinctBy(i => i.Id)], cancel), reader.Today);
        return TypedResults.Ok(Page.Of(
            rows.ConvertAll(r => new Item(
                r.Loan.Id, r.Item.Number, r.Item.Name, places[r.Item.Id], others.GetValueOrDefault(r.Loan.BorrowerId!.Value), r.Loan.LentAt, r.Loan.DueOn, r.Loan.IsOpen && r.Loan.DueOn < today, r.Loan.ReturnedAt)), at.Limit, i => i.Id));
    }
}
