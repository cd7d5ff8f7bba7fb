using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Phoenix.Platform.Time;
using Polly;

namespace Phoenix.WeChat.Client;

/// <summary>Puts WeChat into a host: one call.</summary>
public static class WeChatServices
{
    /// <summary>How long one call may take, with its answer.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(4);

    /// <summary>The breaker looks at the calls of this time.</summary>
    public static readonly TimeSpan BreakerWindow = TimeSpan.FromSeconds(30);

    /// <summary>With no fewer calls than this, half of them lost, the breaker opens.</summary>
    public const int BreakerCalls = 10;

    /// <summary>How long the breaker refuses calls before it lets one through as a trial.</summary>
    public static readonly TimeSpan BreakFor = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adds <see cref="IWeChatGateway"/>. The host gives Clock, RedisGate, Leases, KeyRing and logging. Nothing is called until it is needed: a host
    /// starts without WeChat.
    /// </summary>
    /// <param name="services">The host's.</param>
    /// <param name="options">Asked at the first call, so that a simulator in the same host may first learn its own address.</param>
    /// <returns>The HTTP client, for tests that put something else in the network's place.</returns>
    public static IHttpClientBuilder AddWeChat(this IServiceCollection services, Func<IServiceProvider, WeChatOptions> options)
    {
        services.AddSingleton(options);
        services.AddSingleton<WeChatHttp>();
        services.AddSingleton<WeChatTokens>();
        services.AddSingleton<WeChatCaller>();
        services.AddSingleton<IWeChatGateway, WeChatClient>();
        // The pipeline times each call on the host's clock, its body included; the client's own time-out would run on the system's.
        var client = services.AddHttpClient(WeChatHttp.ClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, provider) =>
            {
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.ActivityHeadersPropagator = null;
                handler.UseProxy = !provider.GetRequiredService<WeChatOptions>().BaseAddress.IsLoopback;
            });
        client.AddResilienceHandler("calls", (pipeline, context) =>
        {
            pipeline.TimeProvider = context.ServiceProvider.GetRequiredService<Clock>().Provider;
            pipeline.AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions { FailureRatio = 0.5, MinimumThroughput = BreakerCalls, SamplingDuration = BreakerWindow, BreakDuration = BreakFor });
            pipeline.AddTimeout(CallTimeout);
        });
        return client.AddHttpMessageHandler(() => new WholeAnswers());
    }

    /// <summary>An answer is here when its last byte is: inside the pipeline, so that a body that stalls is a call that timed out.</summary>
    private sealed class WholeAnswers : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(WeChatHttp.MaxAnswerBytes, cancellationToken);
            return response;
        }
    }
}
