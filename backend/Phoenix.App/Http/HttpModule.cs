using Phoenix.App.Hosting;
using Phoenix.Platform.Limits;

namespace Phoenix.App.Http;

/// <summary>The front door: what every request passes before and after its use case.</summary>
public static class HttpModule
{
    /// <summary>Services.</summary>
    public static void AddFrontDoor(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o => PhoenixJson.Apply(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddExceptionHandler<Failures>();
        services.AddProblemDetails();
        services.AddValidation();
        services.AddSingleton<AccessGate>();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<RateLimits>();
        services.AddPhoenixOpenApi();
    }

    /// <summary>The order matters: the log sees every answer, a failure anywhere becomes a refusal, the body is in memory before it is hashed.</summary>
    public static void UseFrontDoor(this WebApplication app)
    {
        app.UseMiddleware<RequestLog>();
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Refuse(context.HttpContext));
        if (app.Services.GetRequiredService<HostParts>().Settings.WeChatSimulator)
            app.Use(RefuseForwarded);
        app.UseRouting();
        app.Use(app.Services.GetRequiredService<DatabaseState>().Guard);
        app.Use(app.Services.GetRequiredService<AccessGate>().Pass);
        app.Use(RequestBodies.Buffer);
    }

    /// <summary>With the simulator anybody could be anybody: a request that came through a proxy came from elsewhere.</summary>
    internal static Task RefuseForwarded(HttpContext http, RequestDelegate next) =>
        http.Request.Headers.Any(h => h.Key.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || h.Key.Equals("Forwarded", StringComparison.OrdinalIgnoreCase))
            ? Problem.Write(new ForwardedToSimulator(), http)
            : next(http);

    private static Task Refuse(HttpContext http) => Problem.Write(Failures.OfStatus(http.Response.StatusCode), http);
}
