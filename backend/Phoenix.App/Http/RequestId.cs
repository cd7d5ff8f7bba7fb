using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;

namespace Phoenix.App.Http;

/// <summary>
/// The client's id of an unsafe request, made and stored before it is first sent and sent again with every retry
/// (header <c>Idempotency-Key</c>, draft-ietf-httpapi-idempotency-key-header), with what it was sent with.
/// </summary>
/// <param name="Id">A UUID.</param>
/// <param name="PersonId">The caller; null where nobody is signed in.</param>
/// <param name="InputHash">SHA-256 over caller, method, address and body: the same id with another hash is refused.</param>
public sealed record RequestId(Guid Id, Guid? PersonId, byte[] InputHash) : IEndpointParameterMetadataProvider
{
    /// <summary>The header's name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Reads the header and hashes the input; <see cref="RequestBodies"/> has the body in memory by now.</summary>
    public static async ValueTask<RequestId?> BindAsync(HttpContext http)
    {
        if (!Guid.TryParse(http.Request.Headers[Header], out var id) || id == Guid.Empty)
            throw new RefusedException(new RequestIdMissing());
        var person = http.Features.Get<Caller>()?.PersonId;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{person:N}\n{http.Request.Method}\n{http.Request.Path}{http.Request.QueryString}\n"));
        if (http.Request.HasFormContentType)
            await AppendFiles(hash, http);
        else
            hash.AppendData(RequestBodies.BytesOf(http));
        return new RequestId(id, person, hash.GetHashAndReset());
    }

    // wx.uploadFile draws a new form boundary for every try, so a form is hashed by what it holds.
    private static async Task AppendFiles(IncrementalHash hash, HttpContext http)
    {
        foreach (var file in (await http.Request.ReadFormAsync(http.RequestAborted)).Files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Name}\n{file.Length}\n"));
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, http.RequestAborted);
            hash.AppendData(bytes.ToArray());
        }
    }

    /// <summary>Marks the route as one that takes a request id, for the OpenAPI document and the test that no unsafe route lacks one.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new TakesRequestId());
}

/// <summary>The route takes a request id.</summary>
public sealed record TakesRequestId;

/// <summary>The route is unsafe and takes no request id, because a repeat can do no harm; the reason says why.</summary>
/// <param name="Reason">Why a repeat can do no harm.</param>
public sealed record WithoutRequestId(string Reason);
