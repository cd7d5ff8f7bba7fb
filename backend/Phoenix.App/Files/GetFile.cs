using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Files;

/// <summary>Whoever was given a link sees the image until the link expires.</summary>
public static class GetFile
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/files/{id:guid}", Run)
        .AllowAnyone()
        .Produces(StatusCodes.Status200OK, contentType: "image/jpeg")
        .WithName("getFile").WithSummary("查看图片（签名链接）");

    private static async Task<Results<FileContentHttpResult, Refusal>> Run(
        Guid id, long until, string mac, FileLinks links, PhoenixDb db, HttpResponse response, CancellationToken cancel)
    {
        if (links.Check(db.Scope.CommunityId, id, until, mac) is { } refusal)
            return new Refusal(refusal);
        var content = await db.Set<StoredFile>().Where(f => f.Id == id).Select(f => f.Content).FirstOrDefaultAsync(cancel);
        if (content is null)
            return new Refusal(new FileLinkRefused());
        response.Headers.CacheControl = "private, max-age=3600, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(content, "image/jpeg", entityTag: new EntityTagHeaderValue($"\"{id:N}\""));
    }
}
