using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity;

/// <inheritdoc />
public sealed class RoleDirectory(IServiceScopeFactory scopes, Clock clock) : IRoleDirectory
{
    /// <summary>How long a read may go on seeing a role that was taken away.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(5);

    /// <summary>Most people remembered; past it the memory starts anew.</summary>
    public const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<(Guid Person, int Community), (FrozenSet<Role> Roles, DateTimeOffset At)> _remembered = new();

    /// <inheritdoc />
    public async Task<IReadOnlySet<Role>> RolesOf(Guid personId, int communityId, bool fresh, CancellationToken cancel)
    {
        if (communityId == 0)
            return FrozenSet<Role>.Empty;
        var now = clock.Now;
        if (!fresh && _remembered.TryGetValue((personId, communityId), out var known) && now - known.At < StaleAfter)
            return known.Roles;

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(communityId);
        var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
        var held = await db.Set<RoleGrant>().Where(g => g.PersonId == personId).Select(g => g.Role).ToListAsync(cancel);
        var roles = held.ToFrozenSet();
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear();
        _remembered[(personId, communityId)] = (roles, now);
        return roles;
    }
}
