using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram.Push;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;
using Phoenix.WeChat.Simulator;
using Phoenix.WeChat.Simulator.Http;
using Phoenix.WeChat.Simulator.Pushing;

namespace Phoenix.App.Hosting;

/// <summary>The simulator inside the host that names it: same port, no sign-in, no database. That host serves this machine only.</summary>
internal static class SimulatorHosting
{
    /// <summary>Names that a sample community's people have, so that there is somebody to choose.</summary>
    private static readonly string[] s_people = ["王秀兰", "李国强", "陈小雨", "赵敏", "林静", "周师傅", "孙会计"];

    /// <summary>Services, if the simulator is named.</summary>
    public static void AddSimulator(this IServiceCollection services, HostParts parts)
    {
        if (parts.Settings.WeChatSimulator)
            services.AddSimulator(s => new WeChatSimulator(SimulatorAccount.WellKnown, s.GetRequiredService<Clock>(), parts.Randomness));
    }

    /// <summary>Routes, if the simulator is named.</summary>
    public static void MapSimulator(this WebApplication app)
    {
        if (app.Services.GetService<WeChatSimulator>() is not { } simulator)
            return;
        app.MapWeChatSimulator(simulator, app.Services.GetRequiredService<PushSender>()).AllowAnyone()
            .WithMetadata(new WithoutDatabase(), new WithoutRequestId("It speaks as WeChat does, and WeChat takes no request ids."));
        if (app.Services.GetRequiredService<TimeProvider>() is DemoTime time)
        {
            app.MapPost(SimulatorRoutes.Prefix + "/clock", (Walk walk) => WalkOn(time, walk)).AllowAnyone()
                .WithMetadata(new WithoutDatabase(), new WithoutRequestId("It moves a demo's clock, of which there is one.")).ExcludeFromDescription();
            app.MapPost(SimulatorRoutes.Prefix + "/jobs", (CancellationToken cancel) => Jobs.RunDue(app.Services, cancel)).AllowAnyone()
                .WithMetadata(new WithoutDatabase(), new WithoutRequestId("Every job is safe to run twice.")).ExcludeFromDescription();
        }

        app.Lifetime.ApplicationStarted.Register(() => PushToSelf(app, simulator));
    }

    /// <summary>A walk of the demo's clock.</summary>
    /// <param name="Seconds">How far on.</param>
    internal sealed record Walk(long Seconds);

    /// <summary>Where it is now.</summary>
    /// <param name="AheadSeconds">So far ahead of the machine's.</param>
    internal sealed record Walked(long AheadSeconds);

    private static Results<Ok<Walked>, StatusCodeHttpResult> WalkOn(DemoTime time, Walk walk) =>
        time.TryWalk(TimeSpan.FromSeconds(walk.Seconds)) ? TypedResults.Ok(new Walked((long)time.Ahead.TotalSeconds)) : TypedResults.StatusCode(StatusCodes.Status400BadRequest);

    // Until the page says otherwise, pushes come back to the host that serves the simulator; an in-memory server has no address.
    private static void PushToSelf(WebApplication app, WeChatSimulator simulator)
    {
        if (simulator.PushTarget is not null || app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
            return;
        if (app.Services.GetRequiredService<PushDoor>().Agreed is { } agreed)
            simulator.PushTarget = new PushTarget(new Uri(new Uri(address), PushDoor.Path), agreed.Token, agreed.EncodingAesKey, agreed.Mode);
    }

    /// <summary>A host that is nothing but the simulator: <c>phoenix simulate</c>.</summary>
    /// <param name="url">Where to listen; checked to be this machine's.</param>
    /// <param name="push">Where the product takes pushes; null: nowhere yet.</param>
    public static WebApplication BuildAlone(string url, Uri? push)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.AddSimulator(_ => new WeChatSimulator(SimulatorAccount.WellKnown, new Clock(TimeProvider.System), new SystemRandomness()));
        var app = builder.Build();
        var simulator = app.Services.GetRequiredService<WeChatSimulator>();
        if (push is not null)
            simulator.PushTarget = new PushTarget(push, simulator.Account.PushToken, simulator.Account.EncodingAesKey);
        app.Use(HttpModule.RefuseForwarded);
        app.MapWeChatSimulator(simulator, app.Services.GetRequiredService<PushSender>());
        app.MapGet("/", () => TypedResults.Redirect(SimulatorRoutes.Prefix + "/"));
        return app;
    }

    private static void AddSimulator(this IServiceCollection services, Func<IServiceProvider, WeChatSimulator> make)
    {
        services.AddSingleton(s =>
        {
            var simulator = make(s);
            foreach (var name in s_people)
                simulator.Client.Choose(name);
            return simulator;
        });
        services.AddSingleton(s => new PushSender(s.GetRequiredService<WeChatSimulator>(), ToThisMachine()));
        services.AddHostedService<PushService>();
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "It lives as long as the host.")]
    private static HttpMessageInvoker ToThisMachine() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });

    private sealed class PushService(PushSender pushes) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => pushes.Run(stoppingToken);
    }
}
