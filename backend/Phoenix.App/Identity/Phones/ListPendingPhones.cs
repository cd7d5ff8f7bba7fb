using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Identity.Phones;

/// <summary>待核实手机号: members whose typed number waits for staff, longest wait first.</summary>
public static class ListPendingPhones
{
    /// <summary>A number that waits.</summary>
    /// <param name="PhoneId">Its id.</param>
    /// <param name="MemberId">Whose.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="Number">Masked.</param>
    /// <param name="GivenAt">Since when.</param>
    /// <param name="IsShared">Whether another person has the same number: ask, families do share one.</param>
    /// <param name="IsOwn">Whether it is the caller's own, which another member of staff confirms.</param>
    public sealed record Item(Guid PhoneId, Guid MemberId, string Name, string Number, DateTimeOffset GivenAt, bool IsShared, bool IsOwn);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/phones/pending", Run)
        .RequireRole(Role.Staff)
        .WithName("listPendingPhones").WithSummary("待核实手机号");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, Caller caller, PhoenixDb db, KeyRing keys, IPeople people, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var (after, numbers) = (at.After ?? Guid.Empty, db.Set<Phone>());
        var rows = await numbers.AsNoTracking().Where(p => p.State == PhoneState.Pending && p.Id.CompareTo(after) > 0)
            .Join(db.Set<Member>().Where(m => m.LeftAt == null), p => p.PersonId, m => m.PersonId, (p, m) => new { Phone = p, m.Id, m.DisplayName, IsShared = numbers.Any(o => o.NumberHash == p.NumberHash && o.PersonId != p.PersonId) })
            .OrderBy(r => r.Phone.Id).Take(at.Limit + 1).ToListAsync(cancel);
        if (await people.LogLooks(caller.PersonId, rows.ConvertAll(r => r.Phone.PersonId), "phones:pending", cancel) > 0)
            await db.SaveChangesAsync(cancel);
        var items = rows.ConvertAll(r => new Item(
            r.Phone.Id, r.Id, r.DisplayName, PhoneNumbers.Mask(r.Phone.Open(keys)), r.Phone.GivenAt, r.IsShared, r.Phone.PersonId == caller.PersonId));
        return TypedResults.Ok(Page.Of(items, at.Limit, i => i.PhoneId));
    }
}
