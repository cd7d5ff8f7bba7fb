using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Limits;

namespace Phoenix.App.MiniProgram.Codes;

/// <summary>The mini program was opened by a fixed code and asks what it stands for; what a person may see of that is decided by the routes it calls next.</summary>
public static class ResolveScene
{
    /// <summary>More codes than anybody scans, fewer than a script would try.</summary>
    public static readonly RatePolicy Limit = new("scenes", 60, TimeSpan.FromMinutes(1));

    /// <summary>What the code stands for.</summary>
    /// <param name="Purpose">What for.</param>
    /// <param name="CommunityId">Where.</param>
    /// <param name="Subject">The id of the merchant, venue, card, ...</param>
    public sealed record Response(FixedCode Purpose, int CommunityId, Guid Subject);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/scenes/{scene}", Run)
        .RequireSignedIn().WithMetadata(new RateLimit(Limit))
        .WithName("resolveScene").WithSummary("小程序码指向哪里");

    // The one query across communities: a code says nothing but its scene.
    private static async Task<Results<Ok<Response>, Refusal>> Run(string scene, PhoenixDb db, CancellationToken cancel)
    {
        var found = scene.Length != CodeScene.SceneLength ? null : await db.Set<CodeScene>().IgnoreQueryFilters().AsNoTracking().Where(s => s.Scene == scene)
            .Select(s => new Response(s.Purpose, s.CommunityId, s.Subject)).FirstOrDefaultAsync(cancel);
        return found is null ? new Refusal(new CodeUnknown()) : TypedResults.Ok(found);
    }
}
