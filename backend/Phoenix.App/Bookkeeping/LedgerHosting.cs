using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Data;
using Phoenix.Platform.Redis;

namespace Phoenix.App.Bookkeeping;

/// <summary>The ledger in the host: its services, with Redis in the places that it leaves for it.</summary>
public static class LedgerHosting
{
    /// <summary>Services.</summary>
    public static void AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<IBalanceCache, RedisBalanceCache>();
        services.AddSingleton<ISpendLock, RedisSpendLock>();
        services.AddPhoenixLedger(new LedgerOptions());
        services.AddHostedService<LedgerStop>();
    }
}

/// <summary>Balances in Redis, so that the home screen costs no query. An entry with a higher version is never overwritten by one with a lower.</summary>
internal sealed class RedisBalanceCache(VersionedCache cache) : IBalanceCache
{
    /// <summary>How long an entry is kept, which is how old an answer can be when Redis was away while the balance changed.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(1);

    public async ValueTask<MemberCoins?> Find(int community, Guid member, Asset asset, CancellationToken cancel) =>
        await cache.Get(Key(community, member, asset), cancel) is { } entry ? JsonSerializer.Deserialize<MemberCoins>(entry.Text, PhoenixJson.Options) : null;

    public async ValueTask Keep(int community, Guid member, Asset asset, MemberCoins coins, CancellationToken cancel) =>
        await cache.Put(Key(community, member, asset), new CacheEntry(coins.Version, JsonSerializer.Serialize(coins, PhoenixJson.Options)), TimeToLive, cancel);

    private static string Key(int community, Guid member, Asset asset) => $"coins:{community}:{member:N}:{asset}";
}

/// <summary>A lease in Redis around one member's spending.</summary>
internal sealed class RedisSpendLock(Leases leases) : ISpendLock
{
    public async ValueTask<IAsyncDisposable?> TryTake(int community, Guid member, CancellationToken cancel) =>
        await leases.TakeBriefly($"spend:{community}:{member:N}", cancel);
}

/// <summary>Lets the ledger answer what it has accepted before the process ends. Registered before the web server, so stopped after it.</summary>
internal sealed class LedgerStop(LedgerPoster poster) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => poster.Stop(cancellationToken);
}

/// <summary>Whether the ledger's writer keeps up: a full queue means that callers are being told to come back later.</summary>
public sealed class WriterHealth(LedgerPoster poster) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var state = poster.State;
        var words = $"{state.Waiting} of {state.Capacity} waiting";
        return Task.FromResult(state switch
        {
            { Stopping: true } => HealthCheckResult.Unhealthy("stopping"),
            _ when state.Waiting >= state.Capacity => HealthCheckResult.Unhealthy(words),
            { LastFault: { } fault } => HealthCheckResult.Degraded($"{words}; last fault: {fault}"),
            _ => HealthCheckResult.Healthy(words),
        });
    }
}

/// <summary>Whether the latest nightly check of each community's books agreed. A fault degrades and doesn't stop: the community is frozen already.</summary>
public sealed class BooksHealth(IDbContextFactory<PhoenixDb> contexts, Database database) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var all = db.Set<BookCheckRow>().AsNoTracking().IgnoreQueryFilters();
            var fault = await all.Where(c => c.Fault != null && !all.Any(l => l.CommunityId == c.CommunityId && l.Date > c.Date)).OrderBy(c => c.CommunityId).FirstOrDefaultAsync(cancellationToken);
            return fault is null ? HealthCheckResult.Healthy("agree") : HealthCheckResult.Degraded($"community {fault.CommunityId} is frozen: {fault.Fault}");
        }
        catch (Exception e) when (database.Classify(e) != DatabaseFault.None)
        {
            return HealthCheckResult.Degraded("unknown: the database can't be asked");
        }
    }
}
