using System.Diagnostics;
using Phoenix.App.Hosting;

namespace Phoenix.App.Http;

/// <summary>
/// One structured line per request: method, route as written in the code (never the address, whose parts name people and things), status,
/// milliseconds, trace id. No body, query, header or person ever reaches the log.
/// </summary>
public sealed class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> log)
{
    /// <summary>Middleware.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        var start = time.GetTimestamp();
        await next(http);
        var level = http switch
        {
            _ when http.GetEndpoint()?.Metadata.GetMetadata<WithoutDatabase>() is not null => LogLevel.Debug,
            { Response.StatusCode: >= 500 } => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        if (log.IsEnabled(level))
            log.Log(level, "{Method} {Route} {Status} {Milliseconds} ms {TraceId}",
            http.Request.Method,
            (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)",
            http.Response.StatusCode,
            (long)time.GetElapsedTime(start).TotalMilliseconds,
            Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier);
    }
}
