using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Phoenix.App.Data;
using Phoenix.Platform.Data;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Time;

namespace Phoenix.App.Hosting;

/// <summary>Whether the database is there, migrated, and takes a write.</summary>
public sealed class DatabaseHealth(Database database, IDbContextFactory<PhoenixDb> contexts, DatabaseState state, Clock clock) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (state.FirstMissing is not null)
            return HealthCheckResult.Unhealthy("not migrated: run phoenix migrate");
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var now = clock.Now;
            await db.Set<WriteProbe>().ExecuteUpdateAsync(u => u.SetProperty(p => p.WrittenAt, now), cancellationToken);
            return state.IsCurrent ? HealthCheckResult.Healthy("takes writes") : HealthCheckResult.Unhealthy("migrations not checked yet");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(database.Classify(e) switch
            {
                DatabaseFault.ConnectionLost => "can't be reached",
                DatabaseFault.Conflict => "busy",
                DatabaseFault.ReadOnly => "read-only",
                DatabaseFault.DiskFull => "disk full",
                _ => "failing: " + e.GetType().Name,
            });
        }
    }
}

/// <summary>Whether this node's clock agrees with the database's: a node that is off would stamp postings wrongly.</summary>
public sealed class ClockHealth(Database database, Clock clock, HostParts parts) : IHealthCheck
{
    /// <summary>How far apart they may be.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (parts.ClockIsSet)
            return HealthCheckResult.Healthy("set by a test or demo");
        try
        {
            if (await database.ServerNow(cancellationToken) is not { } theirs)
                return HealthCheckResult.Healthy("the only one");
            var skew = clock.Now - theirs;
            var words = $"{skew.TotalSeconds:+0.0;-0.0;0.0} s from the database's";
            return skew.Duration() <= MaxSkew ? HealthCheckResult.Healthy(words) : HealthCheckResult.Unhealthy(words);
        }
        catch (Exception e) when (database.Classify(e) != DatabaseFault.None)
        {
            return HealthCheckResult.Unhealthy("unknown: the database can't be asked");
        }
    }
}

/// <summary>Whether Redis answers. Away is degraded, not down: it only helps.</summary>
public sealed class RedisCheck(RedisGate redis) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = await redis.Ping(cancellationToken);
        return health.State == RedisState.Up
            ? HealthCheckResult.Healthy("up")
            : HealthCheckResult.Degraded($"away since {health.DownSince:u} ({health.Failure}); going on without it");
    }
}

/// <summary>Whether a Hangfire server is at work. Jobs are only wake-ups, so a store that is away degrades and doesn't stop.</summary>
public sealed class JobsHealth(Clock clock, HostParts parts, IServiceProvider services) : IHealthCheck
{
    /// <summary>How old a server's heartbeat may be (Hangfire beats every 30 s).</summary>
    public static readonly TimeSpan MaxHeartbeatAge = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (parts.JobStore is null)
            return Task.FromResult(HealthCheckResult.Healthy("run by hand"));

        // Hangfire's monitoring is synchronous: it must not hold a request's thread when its store hangs.
        return Task.Run(() =>
        {
            try
            {
                var alive = services.GetRequiredService<JobStorage>().GetMonitoringApi().Servers()
                    .Count(s => clock.Now.UtcDateTime - (s.Heartbeat ?? s.StartedAt) < MaxHeartbeatAge);
                return alive > 0 ? HealthCheckResult.Healthy($"{alive} at work") : HealthCheckResult.Degraded("no server has reported yet");
            }
            catch (Exception e)
            {
                return HealthCheckResult.Degraded("the job store can't be reached: " + e.GetType().Name);
            }
        }, cancellationToken).WaitAsync(cancellationToken);
    }
}
