using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;

namespace Phoenix.App.Identity.Roles;

/// <summary>Staff and auditors see who holds which working role, and who stands in for whom.</summary>
public static class ListRoles
{
    /// <summary>Most holders shown: a community has dozens.</summary>
    public const int MaxHolders = 1000;

    /// <summary>A holder of a role.</summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="Role">The role.</param>
    /// <param name="GrantedAt">Since when.</param>
    public sealed record Item(Guid MemberId, string Name, Role Role, DateTimeOffset GrantedAt);

    /// <summary>A stand-in.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Role">The role.</param>
    /// <param name="MemberId">Who stands in.</param>
    /// <param name="ForMemberId">For whom.</param>
    /// <param name="From">First day.</param>
    /// <param name="To">Last day.</param>
    public sealed record StandIn(Guid Id, Role Role, Guid MemberId, Guid ForMemberId, DateOnly From, DateOnly To);

    /// <summary>Who is what.</summary>
    /// <param name="Holders">By role, then name.</param>
    /// <param name="StandIns">Present and coming.</param>
    public sealed record Response(IReadOnlyList<Item> Holders, IReadOnlyList<StandIn> StandIns);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/roles", Run)
        .RequireRole(Role.Staff, Role.Auditor)
        .WithName("listRoles").WithSummary("身份与代理");

    private static async Task<Ok<Response>> Run(PhoenixDb db, Community.ICommunityCalendar calendar, Platform.Time.Clock clock, CancellationToken cancel)
    {
        var working = RoleBook.Grantable.ToArray();
        var holders = await (
            from grant in db.Set<RoleGrant>().AsNoTracking()
            join member in db.Set<Member>().AsNoTracking() on grant.PersonId equals member.PersonId
            where working.Contains(grant.Role)
            select new Item(member.Id, member.DisplayName, grant.Role, grant.GrantedAt)).Take(MaxHolders).ToListAsync(cancel);
        var today = calendar.Time.DayOf(clock.Now);
        var standIns = await (
            from deputy in db.Set<Deputy>().AsNoTracking()
            join member in db.Set<Member>().AsNoTracking() on deputy.DeputyId equals member.PersonId
            join principal in db.Set<Member>().AsNoTracking() on deputy.PrincipalId equals principal.PersonId
            where deputy.EndedAt == null && deputy.To >= today
            orderby deputy.From
            select new StandIn(deputy.Id, deputy.Role, member.Id, principal.Id, deputy.From, deputy.To)).Take(MaxHolders).ToListAsync(cancel);
        return TypedResults.Ok(new Response([.. holders.OrderBy(h => h.Role).ThenBy(h => h.Name, StringComparer.Ordinal)], standIns));
    }
}
