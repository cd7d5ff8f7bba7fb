using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Phoenix.Platform.Time;
using Phoenix.WeChat.Client;
using Phoenix.WeChat.Simulator;
using Phoenix.WeChat.Simulator.Http;
using Phoenix.WeChat.Tests.Push;

namespace Phoenix.WeChat.Tests.Client;

/// <summary>The simulator behind real sockets, on the clients' clock: connections that are cut are cut.</summary>
internal sealed class SimulatedWeChat : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatedWeChat(WebApplication app, WeChatSimulator simulator, TestTime time) => (_app, Simulator, Time) = (app, simulator, time);

    public WeChatSimulator Simulator { get; }

    public TestTime Time { get; }

    /// <summary>The paths that the clients called, in order, as they went out.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public static async Task<SimulatedWeChat> Start()
    {
        // A late answer's delay is cut short by as much as a caller waits, so that he gives up.
        var time = new TestTime().Hurry(TimeSpan.FromSeconds(1)).Hurry(TimeSpan.FromSeconds(5)).Hurry(Late, WeChatServices.CallTimeout);
        var simulator = new WeChatSimulator(SimulatorAccount.WellKnown, new Clock(time), new SeededRandomness(1));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapWeChatSimulator(simulator);
        await app.StartAsync();
        return new SimulatedWeChat(app, simulator, time);
    }

    /// <summary>How long the simulator's late answers take: longer than anybody waits.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromSeconds(9);

    /// <summary>A client of it.</summary>
    /// <param name="prefix">Of Redis keys: clients of one prefix are one cluster.</param>
    /// <param name="keys">A key file shared with another client.</param>
    /// <param name="redis">"host:port"; the shared server if null.</param>
    public Task<ClientHost> Client(string? prefix = null, string? keys = null, string? redis = null) => ClientHost.Start(
        options: _ => new WeChatOptions { AppId = Simulator.Account.AppId, Secret = Simulator.Account.Secret, BaseAddress = new Uri(new Uri(_app.Urls.First()), SimulatorRoutes.Prefix) },
        time: Time, prefix: prefix, keys: keys, redis: redis, more: client => client.AddHttpMessageHandler(() => new Counting(this)));

    public int Count(string endpoint) => Calls.Count(c => c == endpoint);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed class Counting(SimulatedWeChat weChat) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            weChat.Calls.Enqueue(request.RequestUri!.AbsolutePath[SimulatorRoutes.Prefix.Length..]);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
