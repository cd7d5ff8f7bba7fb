using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Phoenix.Platform.Results;

namespace Phoenix.App.Http;

/// <summary>A refusal as the client sees it: ProblemDetails (RFC 9457) with a stable code and a Chinese sentence to show.</summary>
/// <param name="Type">A name for the kind of problem: <c>urn:phoenix:</c> and the code.</param>
/// <param name="Title">One Chinese sentence that says what to do; show it as it is.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable; branch on it.</param>
/// <param name="TraceId">Finds this request in the logs; read it to the community when you call.</param>
/// <param name="Errors">Field by field (JSON path → Chinese sentences), where fields were wrong.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Code,
    string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null)
{
    /// <summary>The media type of RFC 9457.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The problem for <paramref name="error"/> in the present request.</summary>
    public static Problem Of(Error error, HttpContext http) => new(
        "urn:phoenix:" + error.Code,
        error.Message,
        StatusOf(error.Kind),
        error.Code,
        Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier,
        error.Fields);

    /// <summary>The HTTP status of a kind of error.</summary>
    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Gone => StatusCodes.Status410Gone,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.UnsupportedType => StatusCodes.Status415UnsupportedMediaType,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        ErrorKind.Cancelled => StatusCodes.Status499ClientClosedRequest,
        ErrorKind.Bug => StatusCodes.Status500InternalServerError,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new UnreachableException(),
    };

    /// <summary>Writes the refusal as the answer.</summary>
    public static async Task Write(Error error, HttpContext http)
    {
        var problem = Of(error, http);
        http.Response.StatusCode = problem.Status;
        var wait = error.RetryAfter ?? (error.Kind == ErrorKind.Unavailable ? DefaultRetryAfter : null);
        if (wait is { } time)
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await http.Response.WriteAsJsonAsync(problem, PhoenixJson.Options, MediaType, http.RequestAborted);
    }

    /// <summary>How long a client waits when what we need is away and nobody knows for how long.</summary>
    public static readonly TimeSpan? DefaultRetryAfter = TimeSpan.FromSeconds(5);
}
