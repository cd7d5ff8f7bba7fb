using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Phoenix.Platform.Results;

namespace Phoenix.App.Http;

/// <summary>A refusal as the result of a route.</summary>
public sealed class Refusal(Error error) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext) => Problem.Write(error, httpContext);

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(Problem), [Problem.MediaType]));
}

/// <summary>From a use case's <see cref="Result{T}"/> to HTTP, in one place.</summary>
public static class ResultHttp
{
    /// <summary>200 with the value, or the refusal.</summary>
    public static Results<Ok<T>, Refusal> ToHttp<T>(this Result<T> result) =>
        result.TryGet(out var value, out var error) ? TypedResults.Ok(value) : new Refusal(error);

    /// <summary>200 with the value, or the refusal.</summary>
    public static async Task<Results<Ok<T>, Refusal>> ToHttp<T>(this Task<Result<T>> result) => (await result).ToHttp();
}
