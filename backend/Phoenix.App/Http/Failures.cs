using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;

namespace Phoenix.App.Http;

/// <summary>Turns what was thrown into a refusal: bad requests by what is wrong with them, lost infrastructure as 503, everything else as our bug.</summary>
public sealed class Failures(Database database, ILogger<Failures> log) : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var error = Classify(exception, httpContext);
        if (error is Bug)
            log.LogError("Unhandled failure in {Route} {TraceId}: {Failure}", (httpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText,
                Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier, ExceptionText.Of(exception));
        else if (error.Kind == ErrorKind.Unavailable)
            log.LogWarning("{Code} in {Route}: {Failure}", error.Code, (httpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, exception.GetType().Name);
        await Problem.Write(error, httpContext);
        return true;
    }

    /// <summary>The refusal for an answer that the framework ended without a body.</summary>
    public static Error OfStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => new SignInNeeded(),
        StatusCodes.Status403Forbidden => new RoleNeeded(),
        StatusCodes.Status404NotFound => new UnknownRoute(),
        StatusCodes.Status405MethodNotAllowed => new WrongMethod(),
        StatusCodes.Status413PayloadTooLarge => new BodyTooLarge(),
        StatusCodes.Status415UnsupportedMediaType => new UnsupportedContent(),
        StatusCodes.Status429TooManyRequests => new TooManyRequests(),
        >= 500 => new Bug(),
        _ => new BadRequest(),
    };

    private Error Classify(Exception exception, HttpContext http)
    {
        if (exception is RefusedException refused)
            return refused.Error;
        if (exception is BadHttpRequestException bad)
            return OfBadRequest(bad);
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
            return new CallerGone();
        return database.Classify(exception) switch
        {
            DatabaseFault.ConnectionLost or DatabaseFault.Conflict => new DatabaseAway(),
            DatabaseFault.ReadOnly or DatabaseFault.DiskFull => new DatabaseReadOnly(),
            _ => new Bug(),
        };
    }

    private static Error OfBadRequest(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => new BodyTooLarge(),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new UnsupportedContent(),
        { InnerException: JsonException json } => OfJson(json),
        { InnerException: null } when bad.Message.Contains("body", StringComparison.OrdinalIgnoreCase) => new BodyMissing(),
        _ => new BadParameter(),
    };

    // System.Text.Json tells broken text from well-formed JSON of another shape only by its words.
    private static Error OfJson(JsonException json)
    {
        if (json.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
            return new UnknownField { Fields = At(json, "没有这一项。") };
        if (json.InnerException is null || json.InnerException is InvalidOperationException || json.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal))
            return new WrongType { Fields = At(json, "没填或填得不对。") };
        return new BrokenJson();
    }

    private static Dictionary<string, string[]> At(JsonException json, string sentence) =>
        new(StringComparer.Ordinal) { [json.Path is null or "" ? "$" : json.Path] = [sentence] };
}
