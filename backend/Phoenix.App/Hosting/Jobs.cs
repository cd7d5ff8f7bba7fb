using Hangfire;
using Hangfire.Common;
using Phoenix.App.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Hosting;

/// <summary>Wakes the sweeps through Hangfire. Where the store lies differs between the hosts; what is run doesn't.</summary>
public static class Jobs
{
    /// <summary>Workers of a node.</summary>
    public const int Workers = 4;

    /// <summary>Runs the sweeps from <paramref name="store"/>.</summary>
    public static void AddJobs(this IServiceCollection services, Func<IServiceProvider, JobStorage> store)
    {
        services.AddSingleton(store);
        services.AddHangfire((provider, configuration) => configuration
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseFilter(new AutomaticRetryAttribute { Attempts = 0 })
            .UseStorage(store(provider)));
        services.AddHostedService<JobRegistration>();
        services.AddHangfireServer(o => (o.WorkerCount, o.SchedulePollingInterval) = (Workers, TimeSpan.FromSeconds(5)));
    }

    /// <summary>Runs every sweep once, at last the one that sends what the others had to tell: a demo's clock was walked on, and what is due shall not wait for its turn.</summary>
    public static async Task RunDue(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        foreach (var sweep in scope.ServiceProvider.GetServices<ISweep>().OrderBy(s => s is RelayOutbox))
            await sweep.Run(cancel);
    }
}

/// <summary>Runs one sweep by name; what Hangfire calls.</summary>
public sealed class SweepRunner(IEnumerable<ISweep> sweeps)
{
    /// <summary>Runs the sweep, while the same isn't running on any node (others may); a failure is thrown, so that Hangfire records it as failed. The next wake-up tries again.</summary>
    [DisableConcurrentExecution("sweep:{0}", 0)]
    public Task Run(string name, CancellationToken cancel) => sweeps.Single(s => s.Name == name).Run(cancel);
}

/// <summary>Registers every sweep at start, again and again until the store can be reached: a store that lost everything has them all back after a restart.</summary>
internal sealed class JobRegistration(IServiceScopeFactory scopes, JobStorage store, Clock clock, ILogger<JobRegistration> log) : BackgroundService
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!TryRegister() && await clock.Wait(RetryAfter, stoppingToken))
        {
        }
    }

    private bool TryRegister()
    {
        try
        {
            using var scope = scopes.CreateScope();
            var manager = new RecurringJobManager(store);
            foreach (var sweep in scope.ServiceProvider.GetServices<ISweep>())
                manager.AddOrUpdate(sweep.Name, Job.FromExpression<SweepRunner>(r => r.Run(sweep.Name, CancellationToken.None)), sweep.Cron,
                    new RecurringJobOptions { TimeZone = CommunityTime.Shanghai.Zone });
            return true;
        }
        catch (Exception e)
        {
            log.LogWarning("The job store can't be reached: {Failure}", e.GetType().Name);
            return false;
        }
    }
}
