using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Phoenix.WeChat.Client;
using Phoenix.WeChat.Simulator;
using Phoenix.WeChat.Simulator.Http;

namespace Phoenix.App.Hosting;

/// <summary>Puts WeChat, or the simulator that this host or a process beside it serves, behind the gateway.</summary>
internal static class WeChatHosting
{
    /// <summary>The gateway.</summary>
    public static void AddWeChat(this IServiceCollection services, HostSettings settings)
    {
        if (settings.SimulatorAt is { } beside)
            services.AddWeChat(_ => Simulated(beside));
        else if (settings.WeChatSimulator)
            services.AddWeChat(_ => Simulated(new Uri(settings.Url)))
                .AddHttpMessageHandler(provider => new ToThisHost(provider.GetRequiredService<IServer>()));
        else
            services.AddWeChat(_ => new WeChatOptions { AppId = settings.WeChatAppId!, Secret = settings.WeChatSecret!, Edition = settings.WeChatEdition });
    }

    private static WeChatOptions Simulated(Uri at) => new() { AppId = SimulatorAccount.WellKnown.AppId, Secret = SimulatorAccount.WellKnown.Secret, BaseAddress = new Uri(at, SimulatorRoutes.Prefix) };

    /// <summary>The settings may leave the port to the system; the server says at each call which it took.</summary>
    private sealed class ToThisHost(IServer server) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address)
                request.RequestUri = new Uri(new Uri(address), request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
