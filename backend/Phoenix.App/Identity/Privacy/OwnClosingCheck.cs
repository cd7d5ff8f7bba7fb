using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Roles;

namespace Phoenix.App.Identity.Privacy;

/// <summary>Nobody goes as the last who can approve, nor as the only guardian of a child.</summary>
internal sealed class OwnClosingCheck(PhoenixDb db, GuardianBook guardians) : IClosingCheck
{
    public async Task<IReadOnlyList<string>> Open(Guid personId, Departure departure, CancellationToken cancel)
    {
        var open = new List<string>();
        foreach (var role in RoleBook.Approvers)
            if (await db.Set<RoleGrant>().AnyAsync(g => g.PersonId == personId && g.Role == role, cancel) && !await db.Set<RoleGrant>().AnyAsync(g => g.PersonId != personId && g.Role == role, cancel))
                open.Add($"您是最后一位{RoleBook.NameOf(role)}，请先办离任交接。");
        var children = await db.Set<Guardianship>().Where(g => g.GuardianId == personId && g.EndedAt == null).Join(db.Set<Member>().Where(m => m.LeftAt == null), g => g.ChildId, m => m.PersonId, (_, m) => m).OrderBy(m => m.Id).ToListAsync(cancel);
        foreach (var child in children)
            if (await guardians.Find(child, cancel) is { Links.Count: 1 })
                open.Add($"您是{child.DisplayName}唯一的家长，请先请另一位家长加入，或为孩子注销。");
        return open;
    }
}
