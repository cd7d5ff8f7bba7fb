using Phoenix.App.Hosting;

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
        services.AddPhoenixOpenApi();
    }

    /// <summary>The order matters: the log sees every answer, a failure anywhere becomes a refusal, the body is in memory before it is hashed.</summary>
    public static void UseFrontDoor(this WebApplication app)
    {
        app.UseMiddleware<RequestLog>();
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Refuse(context.HttpContext));
        app.UseRouting();
        app.Use(app.Services.GetRequiredService<DatabaseState>().Guard);
        app.Use(app.Services.GetRequiredService<AccessGate>().Pass);
        app.Use(RequestBodies.Buffer);
    }

    private static Task Refuse(HttpContext http) => Problem.Write(Failures.OfStatus(http.Response.StatusCode), http);
}
