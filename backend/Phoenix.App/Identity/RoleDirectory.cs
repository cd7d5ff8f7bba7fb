using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Roles;
using Phoenix.Platform.Batching;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity;

/// <inheritdoc />
public sealed class RoleDirectory : IRoleDirectory
{
    /// <summary>How long a read may go on seeing a role that was taken away.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(5);

    /// <summary>Most people remembered; past it the memory starts anew.</summary>
    public const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<(Guid Person, int Community), (FrozenSet<Role> Roles, DateTimeOffset At)> _remembered = new();

    private readonly IServiceScopeFactory _scopes;
    private readonly Clock _clock;
    private readonly SharedReads<(Guid Person, int Community), FrozenSet<Role>> _reads;

    /// <param name="scopes">For contexts of its own.</param>
    /// <param name="clock">Says what day it is, for deputies, and how old a memory is.</param>
    public RoleDirectory(IServiceScopeFactory scopes, Clock clock)
    {
        (_scopes, _clock) = (scopes, clock);
        _reads = new SharedReads<(Guid Person, int Community), FrozenSet<Role>>(Read);
    }

    /// <inheritdoc />
    public async Task<IReadOnlySet<Role>> RolesOf(Guid personId, int communityId, bool fresh, CancellationToken cancel)
    {
        if (communityId == 0)
            return FrozenSet<Role>.Empty;
        var now = _clock.Now;
        if (!fresh && _remembered.TryGetValue((personId, communityId), out var known) && now - known.At < StaleAfter)
            return known.Roles;
        var roles = await _reads.Ask((personId, communityId), cancel) ?? FrozenSet<Role>.Empty;
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear();
        _remembered[(personId, communityId)] = (roles, now);
        return roles;
    }

    private async Task<IReadOnlyDictionary<(Guid Person, int Community), FrozenSet<Role>>> Read(IReadOnlyCollection<(Guid Person, int Community)> asked)
    {
        var found = new Dictionary<(Guid Person, int Community), FrozenSet<Role>>();
        foreach (var community in asked.GroupBy(a => a.Community))
        {
            await using var scope = _scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community.Key);
            var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
            var (persons, today) = (community.Select(a => a.Person).ToArray(), CommunityTime.Shanghai.DayOf(_clock.Now));
            var grants = db.Set<RoleGrant>();
            var rows = await grants.Where(g => persons.Contains(g.PersonId)).Select(g => new { g.PersonId, g.Role, Principal = (Guid?)null })
                .Concat(db.Set<Deputy>().Where(d => persons.Contains(d.DeputyId) && d.EndedAt == null && d.From <= today && d.To >= today)
                    .Select(d => new { PersonId = d.DeputyId, d.Role, Principal = (Guid?)d.PrincipalId })).ToListAsync();
            // Deputies are few. Asked for in the same statement, what their principals hold was a scan of everybody's roles.
            var principals = rows.Where(r => r.Principal is not null).Select(r => r.Principal!.Value).Distinct().ToArray();
            var behind = principals.Length == 0 ? [] : (await grants.Where(g => principals.Contains(g.PersonId)).Select(g => new { g.PersonId, g.Role }).ToListAsync()).Select(g => (g.PersonId, g.Role)).ToHashSet();
            var held = rows.Where(r => r.Principal is not { } principal || behind.Contains((principal, r.Role)));
            foreach (var person in held.GroupBy(h => h.PersonId, h => h.Role))
                found[(person.Key, community.Key)] = person.ToFrozenSet();
        }

        return found;
    }
}
