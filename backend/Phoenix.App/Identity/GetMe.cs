using Microsoft.AspNetCore.Http.HttpResults;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Identity;

/// <summary>The caller asks who the server takes them for, in a community. Never from memory: the phone opens and closes its consoles by it.</summary>
public static class GetMe
{
    /// <summary>The caller.</summary>
    /// <param name="PersonId">The person.</param>
    /// <param name="Roles">Roles held in this community, in the order of the glossary; empty for somebody who hasn't joined.</param>
    public sealed record Response(Guid PersonId, IReadOnlyList<Role> Roles);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/me", Run)
        .RequireSignedIn()
        .WithName("getMe").WithSummary("我在这个社区的身份");

    private static async Task<Ok<Response>> Run(Caller caller, CommunityScope scope, ICallers callers, CancellationToken cancel) =>
        TypedResults.Ok(new Response(caller.PersonId, [.. (await callers.Of(caller.Subject, scope.CommunityId, fresh: true, cancel)).Roles.Order()]));
}
