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
public sealed class AccessGate(IAccessTokens tokens, ICommunities communities, IRoleDirectory roles)
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
        var person = PersonOf(http, out var tokenRefused);
        if (access.Kind != AccessKind.Anyone && person is null)
            return tokenRefused ? new TokenRefused() : new SignInNeeded();

        var community = 0;
        if (http.Request.RouteValues.TryGetValue(CommunityRouteValue, out var value))
        {
            if (!int.TryParse((string?)value, NumberStyles.None, CultureInfo.InvariantCulture, out community) || community < 1 || !await communities.Exists(community, http.RequestAborted))
                return new UnknownCommunity();
            http.RequestServices.GetRequiredService<CommunityScope>().Enter(community);
        }

        if (person is null)
            return null;
        var fresh = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        var caller = new Caller(person.Value, await roles.RolesOf(person.Value, community, fresh, http.RequestAborted));
        http.Features.Set(caller);
        return access.Kind == AccessKind.Roles && !access.Roles.Any(caller.Is) ? new RoleNeeded() : null;
    }

    private Guid? PersonOf(HttpContext http, out bool tokenRefused)
    {
        tokenRefused = false;
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var person = tokens.Read(header[Scheme.Length..].Trim());
        tokenRefused = person is null;
        return person;
    }
}
