using System.Buffers;

namespace Phoenix.App.Http;

/// <summary>How many bytes a route's body may have; without it <see cref="RequestBodies.DefaultLimitBytes"/>.</summary>
/// <param name="Bytes">The limit.</param>
public sealed record BodyLimit(int Bytes);

/// <summary>Reads a request's body once into memory, within its limit, so that it can be hashed and then bound.</summary>
public static class RequestBodies
{
    /// <summary>For everything but files: 64 KiB of JSON is more than any form has.</summary>
    public const int DefaultLimitBytes = 64 * 1024;

    private const int ChunkBytes = 16 * 1024;

    /// <summary>Middleware: buffers the body of every request that has one; more than the limit is refused before any of it is used.</summary>
    public static async Task Buffer(HttpContext http, RequestDelegate next)
    {
        var limit = http.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>()?.Bytes ?? DefaultLimitBytes;
        if (http.Request.ContentLength > limit)
        {
            await Problem.Write(new BodyTooLarge(), http);
            return;
        }

        if (http.Request.ContentLength is not 0 && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            var body = new MemoryStream();
            if (!await CopyWithin(limit, http.Request.Body, body, http.RequestAborted))
            {
                await Problem.Write(new BodyTooLarge(), http);
                return;
            }

            body.Position = 0;
            http.Request.Body = body;
        }

        await next(http);
    }

    /// <summary>The buffered body's bytes; the body stays at its start for binding.</summary>
    public static byte[] BytesOf(HttpContext http) => http.Request.Body is MemoryStream body ? body.ToArray() : [];

    private static async Task<bool> CopyWithin(int limit, Stream from, MemoryStream to, CancellationToken cancel)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            int read;
            while ((read = await from.ReadAsync(chunk, cancel)) > 0)
            {
                if (to.Length + read > limit)
                    return false;
                to.Write(chunk, 0, read);
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
