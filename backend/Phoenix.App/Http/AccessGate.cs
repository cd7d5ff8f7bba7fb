using System.Globalization;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Results;

namespace Phoenix.App.Http;

/// <summary>
/// The one place where a request gets its caller and its community: reads the access token, enters the route's community, looks up the
/// caller's roles there, and lets through what the route's <see cref="RouteAccess"/> and <see cref="RateLimits"/> allow.
/// </summary>
public sealed class AccessGate(IAccessTokens tokens, ICallers callers, ICommunities communities, RateLimits limits, Leases leases)
{
    /// <summary>The route value that names the community.</summary>
    public const string CommunityRouteValue = "communityId";

    private const string Scheme = "Bearer ";

    /// <summary>Middleware.</summary>
    public async Task Pass(HttpContext http, RequestDelegate next)
    {
        // The framework's own endpoints (405, 415) are no routes; they only answer that there is none.
        if (http.GetEndpoint() is RouteEndpoint endpoint && await Refusal(http, endpoint) is { } refusal)
            await Problem.Write(refusal, http);
        else
            await next(http);
    }

    private async Task<Error?> Refusal(HttpContext http, Endpoint endpoint)
    {
        var token = TokenOf(http);
        var subject = token is null ? null : tokens.Read(token);
        // Whoever a token names is counted, and gets their turn, while the database is asked: one wait rather than three.
        var counted = subject is null ? null : limits.Count(http, endpoint, subject);
        var turn = subject is { } who && endpoint.Metadata.GetMetadata<OneAtATime>() is { } one ? leases.TakeBriefly($"{one.Name}:{who.PersonId:N}", http.RequestAborted) : null;
        var refusal = await Check(http, endpoint, token, subject) ?? await (counted ?? limits.Count(http, endpoint, null));
        if (turn is not null)
            http.Response.RegisterForDisposeAsync(await turn);
        return refusal;
    }

    private async Task<Error?> Check(HttpContext http, Endpoint endpoint, string? token, TokenSubject? subject)
    {
        var access = endpoint.Metadata.GetMetadata<RouteAccess>()
            ?? throw new InvalidOperationException($"{endpoint.DisplayName} declares no access.");
        var fresh = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        var standing = subject is { } asking ? await callers.Of(asking, CommunityOf(http), fresh, http.RequestAborted) : null;
        if (standing is { IsLive: false } && endpoint.Metadata.GetMetadata<AnswersAfterSignOut>() is null)
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
        var held = standing!.Roles;
        // What is remembered may let somebody in, never keep somebody out: who has just joined is a member at once.
        if (!fresh && access.Kind == AccessKind.Roles && !access.Roles.Any(held.Contains))
            held = (await callers.Of(signedIn, CommunityOf(http), fresh: true, http.RequestAborted)).Roles;
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
