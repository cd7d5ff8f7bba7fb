using Microsoft.AspNetCore.Http.HttpResults;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Files;

/// <summary>A member sends one image (<c>wx.uploadFile</c>: a form with one file named <c>file</c>) and gets its id and a link.</summary>
public static class UploadImage
{
    /// <summary>The form's bytes: the image, and what a form wraps around it.</summary>
    public const int MaxFormBytes = Images.MaxBytes + 16 * 1024;

    /// <summary>The stored image.</summary>
    /// <param name="Id">Name it by this in other calls.</param>
    /// <param name="Width">In pixels.</param>
    /// <param name="Height">In pixels.</param>
    /// <param name="Link">To show it now.</param>
    public sealed record Response(Guid Id, int Width, int Height, FileLink Link);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/files", Run)
        .RequireRole(Enum.GetValues<Role>())
        .WithMetadata(new BodyLimit(MaxFormBytes), new RateLimit(RateLimits.Uploads))
        .DisableAntiforgery()
        .WithName("uploadImage").WithSummary("上传图片");

    private static async Task<Results<Ok<Response>, Refusal>> Run(
        IFormFile file, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel)
    {
        if (file.Length > Images.MaxBytes)
            return new Refusal(new ImageTooLarge());
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return await handler.Run(bytes.ToArray(), requestId, caller, cancel).ToHttp();
    }

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, IIds ids, IFileLinks links, Clock clock)
    {
        /// <summary>The image as stored, or <see cref="ImageUnreadable"/>, <see cref="ImageTooLarge"/>.</summary>
        public async Task<Result<Response>> Run(byte[] bytes, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (!Images.Reencode(bytes).TryGet(out var image, out var error))
                return error;
            var stored = await work.Once<Stored>(requestId, () =>
            {
                var file = new StoredFile
                {
                    CommunityId = db.Scope.CommunityId,
                    Id = ids.New(),
                    UploadedBy = caller.PersonId,
                    UploadedAt = clock.Now,
                    Width = image.Width,
                    Height = image.Height,
                    Content = image.Jpeg,
                };
                db.Add(file);
                return Task.FromResult<Result<Stored>>(new Stored(file.Id, file.Width, file.Height));
            }, cancel);

            // The link is made for each answer: a retry gets the same image with a link that works.
            return stored.Map(s => new Response(s.Id, s.Width, s.Height, links.Make(db.Scope.CommunityId, s.Id)));
        }

        private sealed record Stored(Guid Id, int Width, int Height);
    }
}
