using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Http;

namespace Phoenix.App.Hosting;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: whether it should be given work, with each part's state. Only what a
/// request can't do without makes a node not ready; Redis away is "degraded", because the database decides everything.
/// </summary>
public static class Health
{
    /// <summary>The liveness address.</summary>
    public const string LivePath = "/health/live";

    /// <summary>The readiness address.</summary>
    public const string ReadyPath = "/health/ready";

    /// <summary>How long a part may take to answer before it counts as away.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>The answer of the readiness address.</summary>
    /// <param name="Status">ready, degraded or notReady.</param>
    /// <param name="Checks">Each part by name.</param>
    public sealed record Report(string Status, IReadOnlyDictionary<string, Part> Checks);

    /// <summary>A part of the system.</summary>
    /// <param name="Status">ready, degraded or notReady.</param>
    /// <param name="State">What it is in, in a few words for the operator.</param>
    public sealed record Part(string Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? State);

    /// <summary>Services.</summary>
    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseHealth>("database", timeout: Timeout)
        .AddCheck<ClockHealth>("clock", timeout: Timeout)
        .AddCheck<RedisCheck>("redis", HealthStatus.Degraded, timeout: Timeout)
        .AddCheck<JobsHealth>("jobs", HealthStatus.Degraded, timeout: Timeout)
        .AddCheck<WriterHealth>("writer", timeout: Timeout)
        .AddCheck<BooksHealth>("books", HealthStatus.Degraded, timeout: Timeout);

    /// <summary>Routes.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(LivePath, () => TypedResults.Ok(new Part("live", null)))
            .AllowAnyone().WithMetadata(new WithoutDatabase()).ExcludeFromDescription();
        routes.MapHealthChecks(ReadyPath, new HealthCheckOptions { ResponseWriter = Write })
            .AllowAnyone().WithMetadata(new WithoutDatabase());
    }

    private static Task Write(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(
        new Report(NameOf(report.Status), report.Entries.ToDictionary(
            e => e.Key, e => new Part(NameOf(e.Value.Status), e.Value.Description), StringComparer.Ordinal)),
        PhoenixJson.Options,
        http.RequestAborted);

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "ready",
        HealthStatus.Degraded => "degraded",
        _ => "notReady",
    };
}
