using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Phones;

namespace Phoenix.App.Identity.Members;

/// <summary>Staff see who is a member, in the order in which they joined; all, or those in whose name some letters are.</summary>
public static class ListMembers
{
    /// <summary>A member.</summary>
    /// <param name="MemberId">The id in this community.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="JoinedAt">When they first joined.</param>
    /// <param name="Roles">What they are here.</param>
    /// <param name="Phone">The confirmed number, masked; null if there is none.</param>
    /// <param name="IsMinor">Whether the member is known to be under 18.</param>
    public sealed record Item(Guid MemberId, string Name, DateTimeOffset JoinedAt, IReadOnlyList<Role> Roles, string? Phone, bool IsMinor);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/members", Run)
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithName("listMembers").WithSummary("居民名单");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, [FromQuery] string? name, Caller caller, PhoenixDb db, PhoneBook phones, IPeople people, GuardianBook guardians, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var wanted = name?.Trim() ?? "";
        if (wanted.Length > Member.MaxNameLength)
            return new Refusal(new BadParameter());
        var after = at.After ?? Guid.Empty;
        var members = await db.Set<Member>().AsNoTracking().Where(m => m.LeftAt == null && m.Id.CompareTo(after) > 0 && (wanted == "" || m.DisplayName.Contains(wanted))).OrderBy(m => m.Id).Take(at.Limit + 1).ToListAsync(cancel);
        var persons = members.ConvertAll(m => m.PersonId);
        var roles = (await db.Set<RoleGrant>().AsNoTracking().Where(g => persons.Contains(g.PersonId)).ToListAsync(cancel)).ToLookup(g => g.PersonId, g => g.Role);
        var (numbers, minors) = (await phones.Of(persons, cancel), await people.MinorsAmong(persons, guardians.Today, cancel));
        if (await people.LogLooks(caller.PersonId, persons, "members:list", cancel) > 0)
            await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(Page.Of(
            members.ConvertAll(m => new Item(m.Id, m.DisplayName, m.JoinedAt, [.. roles[m.PersonId].Order()], numbers.GetValueOrDefault(m.PersonId)?.Confirmed, minors.ContainsKey(m.PersonId))), at.Limit, i => i.MemberId));
    }
}
