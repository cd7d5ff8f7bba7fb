using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Setup;

/// <summary>Makes setup codes: for the command line, and for the first start of a host whose community has nobody yet.</summary>
public sealed class SetupCodes(IServiceScopeFactory scopes, ICommunities communities, RandomCodes codes, KeyRing keys, Clock clock)
{
    /// <summary>A new code for the community; earlier ones stop working. Null when there is no such community.</summary>
    public async Task<string?> Make(int community, CancellationToken cancel)
    {
        if (!await communities.Exists(community, cancel))
            return null;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
        return await Make(scope.ServiceProvider.GetRequiredService<PhoenixDb>(), cancel);
    }

    /// <summary>Codes for the communities that have neither staff nor a code that still works.</summary>
    public async Task<IReadOnlyList<(int Community, string Code)>> MakeWhereNobodyIs(CancellationToken cancel)
    {
        var made = new List<(int, string)>();
        await communities.Each(async (services, community) =>
        {
            // Nodes that start together make one code between them.
            var db = services.GetRequiredService<PhoenixDb>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await db.LockCommunity(cancel);
            var now = clock.Now;
            if (!await db.Set<RoleGrant>().AnyAsync(g => g.Role == Role.Staff, cancel) && !await db.Set<SetupCode>().AnyAsync(c => c.UsedAt == null && c.ExpiresAt > now, cancel))
                made.Add((community, await Make(db, cancel)));
            await transaction.CommitAsync(cancel);
        }, cancel);
        return made;
    }

    private async Task<string> Make(PhoenixDb db, CancellationToken cancel)
    {
        var now = clock.Now;
        await db.Set<SetupCode>().Where(c => c.UsedAt == null && c.ExpiresAt > now).ExecuteUpdateAsync(u => u.SetProperty(c => c.ExpiresAt, now), cancel);
        var code = codes.Letters(SetupCode.Length);
        db.Add(new SetupCode { CommunityId = db.Scope.CommunityId, CodeHash = keys.KeyedHash(SetupCode.Scope, code), ExpiresAt = now + SetupCode.Lifetime });
        await db.SaveChangesAsync(cancel);
        return code;
    }
}
