using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Roles;

/// <inheritdoc />
internal sealed class RoleHolders(PhoenixDb db, Clock clock) : IRoleHolders
{
    public async Task<IReadOnlyDictionary<Guid, IReadOnlySet<Role>>> Of(IReadOnlyCollection<Role> roles, CancellationToken cancel)
    {
        var today = CommunityTime.Shanghai.DayOf(clock.Now);
        var grants = db.Set<RoleGrant>();
        var held = await grants.Where(g => roles.Contains(g.Role)).Select(g => new { g.PersonId, g.Role })
            .Union(db.Set<Deputy>()
                .Where(d => roles.Contains(d.Role) && d.EndedAt == null && d.From <= today && d.To >= today && grants.Any(g => g.PersonId == d.PrincipalId && g.Role == d.Role))
                .Select(d => new { PersonId = d.DeputyId, d.Role }))
            .ToListAsync(cancel);
        return held.GroupBy(h => h.PersonId).ToDictionary(g => g.Key, g => (IReadOnlySet<Role>)g.Select(h => h.Role).ToFrozenSet());
    }
}
