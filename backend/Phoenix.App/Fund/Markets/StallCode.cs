using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;

namespace Phoenix.App.Fund.Markets;

/// <summary>A stall's code, to be printed for its sign: it opens the mini program at the stall and what became of its takings.</summary>
public static class StallCode
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/stalls/{id:guid}/code", Run)
        .RequireRole(Role.Member, Role.Staff, Role.SocialWorker)
        .Produces(StatusCodes.Status200OK, contentType: "image/png")
        .WithName("getStallCode").WithSummary("摊位码");

    private static async Task<Results<FileContentHttpResult, Refusal>> Run(Guid id, Caller caller, PhoenixDb db, ICodes codes, CancellationToken cancel)
    {
        var isStaff = caller.Is(Role.Staff) || caller.Is(Role.SocialWorker);
        if (!await db.Set<MarketStall>().AnyAsync(s => s.Id == id && s.State == StallState.Approved && (isStaff || s.AdultId == caller.PersonId), cancel))
            return new Refusal(new UnknownStall());
        return (await codes.MiniProgramCode(FixedCode.Stall, id, cancel)).TryGet(out var image, out var error) ? TypedResults.File(image.Bytes, image.ContentType) : new Refusal(error);
    }
}
