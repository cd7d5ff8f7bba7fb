using Microsoft.AspNetCore.Http.HttpResults;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;

namespace Phoenix.App.Volunteering.Posters;

/// <summary>An activity's own code, for a notice or a group chat: it opens the mini program at the activity.</summary>
public static class ActivityCode
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/activities/{id:guid}/code", Run)
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker)
        .Produces(StatusCodes.Status200OK, contentType: "image/png")
        .WithName("getActivityCode").WithSummary("活动的小程序码");

    private static async Task<Results<FileContentHttpResult, Refusal>> Run(Guid id, Caller caller, PosterDesk desk, ICodes codes, CancellationToken cancel)
    {
        if (!(await desk.Find(id, caller, cancel)).TryGet(out _, out var error))
            return new Refusal(error);
        return (await codes.MiniProgramCode(FixedCode.Activity, id, cancel)).TryGet(out var image, out error) ? TypedResults.File(image.Bytes, image.ContentType) : new Refusal(error);
    }
}
