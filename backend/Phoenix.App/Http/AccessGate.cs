using System.Globalization;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.Platform.Results;

namespace Phoenix.App.Http;

/// <summary>
/// The one place where a request gets its caller and its community: reads the access token, enters the route's community, looks up the
/// caller's roles there, and lets through what the route's <see cref="RouteAccess"/> allows.
/// </summary>
public sealed class AccessGate(IAccessTokens tokens, ILiveSessions sessions, ICommunities communities, IRoleDirectory roles)
{
    /// <summary>The route value that names the community.</summary>
    public const string CommunityRouteValue = "communityId";

    private const string Scheme = "Bearer ";

    /// <summary>Middleware.</summary>
    public async Task Pass(HttpContext http, RequestDelegate next)
    {
        // The framework's own endpoints (405, 415) are no routes; they only answer that there is none.
        if (http.GetEndpoint() is RouteEndpoint endpoint && await Check(http, endpoint) is { } refusal)
            await Problem.Write(refusal, http);
        else
            await next(http);
    }

    private async Task<Error?> Check(HttpContext http, Endpoint endpoint)
    {
        var access = endpoint.Metadata.GetMetadata<RouteAccess>()
            ?? throw new InvalidOperationException($"{endpoint.DisplayName} declares no access.");
        var fresh = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        var token = TokenOf(http);
        var subject = token is null ? null : tokens.Read(token);
        // Both questions at once: one wait rather than two, and a dead session's roles are nobody's.
        var asked = subject is { } asking ? roles.RolesOf(asking.PersonId, CommunityOf(http), fresh, http.RequestAborted) : null;
        if (subject is { } named && endpoint.Metadata.GetMetadata<AnswersAfterSignOut>() is null && !await sessions.IsLive(named.SessionId, fresh, http.RequestAborted))
            subject = null;
        if (access.Kind != AccessKind.Anyone && subject is null)
            return token is null ? new SignInNeeded() : new TokenRefused();

        if (http.Request.RouteValues.ContainsKey(CommunityRouteValue))
        {
            var community = CommunityOf(http);
            if (community < 1 || !await communities.Exists(community, http.RequestAborted))
                return new UnknownCommunity();
            http.RequestServices.GetRequiredService<CommunityScope>().Enter(community);
        }

        if (subject is not { } signedIn)
            return null;
        var held = await asked!;
        // What is remembered may let somebody in, never keep somebody out: who has just joined is a member at once.
        if (!fresh && access.Kind == AccessKind.Roles && !access.Roles.Any(held.Contains))
            held = await roles.RolesOf(signedIn.PersonId, CommunityOf(http), fresh: true, http.RequestAborted);
        var caller = new Caller(signedIn.PersonId, signedIn.SessionId, held);
        http.Features.Set(caller);
        return access.Kind == AccessKind.Roles && !access.Roles.Any(caller.Is) ? new RoleNeeded() : null;
    }

    // The route's community; 0 outside any, and for what is no number.
    private static int CommunityOf(HttpContext http) =>
        http.Request.RouteValues.TryGetValue(CommunityRouteValue, out var value) && int.TryParse((string?)value, NumberStyles.None, CultureInfo.InvariantCulture, out var community) ? community : 0;

    private static string? TokenOf(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}
