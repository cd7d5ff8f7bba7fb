using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Phoenix.App.Hosting;

/// <summary>Logs, traces and metrics. Traces and metrics leave the process only where the standard OTEL_EXPORTER_OTLP_ENDPOINT is set.</summary>
public static class Telemetry
{
    /// <summary>The standard variable that names the collector (opentelemetry.io, "OTLP Exporter Configuration").</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Name of the product's own meters and activity sources, each with a dot and more behind it.</summary>
    public const string SourcePrefix = "Phoenix*";

    /// <summary>Services and logging.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder, HostMode mode)
    {
        AddLogs(builder.Logging, mode);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("phoenix", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString()))
            .WithMetrics(m => m.AddMeter(SourcePrefix).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter("Npgsql"));
        // Traces that nobody collects aren't made: they cost a request with three queries a tenth of its time.
        if (builder.Configuration[EndpointVariable] is { Length: > 0 })
            telemetry.WithTracing(t => t.AddSource(SourcePrefix).AddAspNetCoreInstrumentation().AddNpgsql()).UseOtlpExporter();
    }

    private static void AddLogs(ILoggingBuilder logging, HostMode mode)
    {
        logging.ClearProviders();
        if (mode == HostMode.Production)
            logging.AddJsonConsole(o => o.UseUtcTimestamp = true);
        else
            logging.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat, o.UseUtcTimestamp) = (true, "HH:mm:ss ", true));
        logging.SetMinimumLevel(LogLevel.Information);
        foreach (var noisy in (ReadOnlySpan<string>)["Microsoft", "System", "Hangfire", "Npgsql", "StackExchange"])
            logging.AddFilter(noisy, LogLevel.Warning);

        // Failures are logged once, by ours; EF would log the same again with its SQL.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        // A start that is refused is one line on standard error, not a stack trace; a background service that dies is critical and stays.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        // Readiness tells its state to whoever asks; it is asked every few seconds.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }
}
