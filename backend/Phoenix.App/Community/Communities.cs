using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;

namespace Phoenix.App.Community;

/// <summary>Remembers which numbers are communities': they are never taken away. A number that isn't one yet is asked for again.</summary>
internal sealed class Communities(IServiceScopeFactory scopes) : ICommunities
{
    private readonly ConcurrentDictionary<int, bool> _known = new();

    public async Task<bool> Exists(int communityId, CancellationToken cancel)
    {
        if (_known.ContainsKey(communityId))
            return true;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
        if (!await db.Set<CommunityRow>().AnyAsync(c => c.Id == communityId, cancel))
            return false;
        _known[communityId] = true;
        return true;
    }

    public async Task<string> NameOf(int communityId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PhoenixDb>().Set<CommunityRow>().Where(c => c.Id == communityId).Select(c => c.Name).SingleAsync(cancel);
    }

    public async Task<string> PhoneOf(int communityId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PhoenixDb>().Set<CommunityRow>().Where(c => c.Id == communityId).Select(c => c.Phone).SingleAsync(cancel);
    }

    public async Task Each(Func<IServiceProvider, int, Task> work, CancellationToken cancel)
    {
        var failures = new List<Exception>();
        foreach (var community in await All(cancel))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
            try
            {
                await work(scope.ServiceProvider, community);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failures.Add(e);
            }
        }

        if (failures.Count > 0)
            throw new AggregateException(failures);
    }

    private async Task<List<int>> All(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PhoenixDb>().Set<CommunityRow>().Select(c => c.Id).Order().ToListAsync(cancel);
    }
}
