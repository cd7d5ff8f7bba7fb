using Hangfire;
using Hangfire.Redis.StackExchange;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Hosting;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Platform.Redis;
using Phoenix.Platform.Data;
using StackExchange.Redis;

namespace Phoenix.App.Tests.Hosting;

/// <summary>Sweeps woken by Hangfire.</summary>
public sealed class JobTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Two_sweeps_run_at_the_same_time_and_the_same_one_does_not()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(await SharedServers.Redis());
        var (store, meeting) = (new RedisStorage(redis, new RedisStorageOptions { Prefix = SharedServers.UniqueName("jobs") + ":" }), new Meeting());
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite, jobs: _ => store, customize: builder =>
        {
            builder.Services.AddScoped<ISweep>(_ => new Sweep("test.first", meeting));
            builder.Services.AddScoped<ISweep>(_ => new Sweep("test.second", meeting));
        });
        var client = new BackgroundJobClient(store);
        var first = client.Enqueue<SweepRunner>(r => r.Run("test.first", CancellationToken.None));
        await meeting.Came("test.first").WaitAsync(s_patience);
        var again = client.Enqueue<SweepRunner>(r => r.Run("test.first", CancellationToken.None));
        await Gates.Until(() => Task.FromResult(StateOf(again) is "Failed"));
        client.Enqueue<SweepRunner>(r => r.Run("test.second", CancellationToken.None));
        await meeting.Came("test.second").WaitAsync(s_patience);
        Assert.Equal("Processing", StateOf(first));
        meeting.End();
        await Gates.Until(() => Task.FromResult(StateOf(first) is "Succeeded"));

        string? StateOf(string job)
        {
            using var connection = store.GetConnection();
            return connection.GetStateData(job)?.Name;
        }
    }

    private sealed class Meeting
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Came(string name) => Of(name).Task;

        public Task Attend(string name)
        {
            Of(name).TrySetResult();
            return _end.Task;
        }

        public void End() => _end.TrySetResult();

        private TaskCompletionSource Of(string name) => name is "test.first" ? _first : _second;
    }

    private sealed class Sweep(string name, Meeting meeting) : ISweep
    {
        public string Name => name;

        public string Cron => Hangfire.Cron.Never();

        public Task Run(CancellationToken cancel) => meeting.Attend(name);
    }
}
