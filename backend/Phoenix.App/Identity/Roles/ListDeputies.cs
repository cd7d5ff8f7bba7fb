using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Roles;

/// <summary>Whoever holds a working role sees for whom they stand in and who for them, staff see all of it; and what they may pass on to whom.</summary>
public static class ListDeputies
{
    /// <summary>Most stand-ins and colleagues shown: a community has dozens.</summary>
    public const int MaxShown = 200;

    /// <summary>A stand-in, present or coming.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Role">The role.</param>
    /// <param name="Name">Who stands in.</param>
    /// <param name="ForName">For whom.</param>
    /// <param name="From">First day.</param>
    /// <param name="To">Last day.</param>
    public sealed record Item(Guid Id, Role Role, string Name, string ForName, DateOnly From, DateOnly To);

    /// <summary>Somebody who holds a working role.</summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="Name">What the neighbours call them.</param>
    public sealed record Colleague(Guid MemberId, string Name);

    /// <summary>Stand-ins, and the caller's choice.</summary>
    /// <param name="Items">Present and coming, by their first day.</param>
    /// <param name="Roles">Roles that the caller holds by their own right and may pass on for a time.</param>
    /// <param name="Colleagues">To whom: everybody else with a working role, by name.</param>
    public sealed record Response(IReadOnlyList<Item> Items, IReadOnlyList<Role> Roles, IReadOnlyList<Colleague> Colleagues);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/deputies", Run)
        .RequireRole([.. RoleBook.Grantable])
        .WithName("listDeputies").WithSummary("代理");

    private static async Task<Ok<Response>> Run(Caller caller, PhoenixDb db, ICommunityCalendar calendar, Clock clock, CancellationToken cancel)
    {
        var (me, all, today) = (caller.PersonId, caller.Is(Role.Staff), calendar.Time.DayOf(clock.Now));
        var items = await (
            from deputy in db.Set<Deputy>().AsNoTracking()
            join member in db.Set<Member>() on deputy.DeputyId equals member.PersonId
            join principal in db.Set<Member>() on deputy.PrincipalId equals principal.PersonId
            where deputy.EndedAt == null && deputy.To >= today && (all || deputy.DeputyId == me || deputy.PrincipalId == me)
            orderby deputy.From, deputy.Id
            select new Item(deputy.Id, deputy.Role, member.DisplayName, principal.DisplayName, deputy.From, deputy.To)).Take(MaxShown).ToListAsync(cancel);
        var working = RoleBook.Grantable.ToArray();
        var roles = await db.Set<RoleGrant>().Where(g => g.PersonId == me && working.Contains(g.Role)).Select(g => g.Role).ToListAsync(cancel);
        var colleagues = await db.Set<Member>().AsNoTracking()
            .Where(m => m.LeftAt == null && m.PersonId != me && db.Set<RoleGrant>().Any(g => g.PersonId == m.PersonId && working.Contains(g.Role)))
            .OrderBy(m => m.DisplayName).ThenBy(m => m.Id).Take(MaxShown).Select(m => new Colleague(m.Id, m.DisplayName)).ToListAsync(cancel);
        return TypedResults.Ok(new Response(items, [.. roles.Order()], colleagues));
    }
}
