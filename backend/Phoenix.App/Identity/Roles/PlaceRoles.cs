using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Identity.Roles;

/// <inheritdoc />
internal sealed class PlaceRoles(PhoenixDb db, RoleBook roles) : IPlaceRoles
{
    public async Task Set(Guid personId, Role role, bool hasPlace, string? reason, CancellationToken cancel)
    {
        if (role is not (Role.Leader or Role.UnitContact or Role.MerchantOwner or Role.Clerk))
            throw new ArgumentOutOfRangeException(nameof(role), role, "isn't had by a place");
        if (hasPlace)
        {
            await roles.Grant(personId, role, reason, cancel);
            return;
        }

        if (await db.Set<RoleGrant>().FirstOrDefaultAsync(g => g.PersonId == personId && g.Role == role, cancel) is not { } grant)
            return;
        await roles.Remove(grant, reason, cancel);
    }
}
