namespace Phoenix.App.Http;

/// <summary>Who may call a route; every route declares it, and the host does not start with one that doesn't.</summary>
/// <param name="Kind">Anyone, any signed-in person, or a holder of one of <paramref name="Roles"/> in the route's community.</param>
/// <param name="Roles">For <see cref="AccessKind.Roles"/>: one of them is enough.</param>
public sealed record RouteAccess(AccessKind Kind, IReadOnlyList<Role> Roles);

/// <summary>
/// The route ends the caller's session, and still answers the same request again with the same token: its handler asks whether the session is live before
/// it does anything (hard rule 12).
/// </summary>
public sealed record AnswersAfterSignOut;

/// <summary>The three kinds of access.</summary>
public enum AccessKind
{
    /// <summary>No sign-in.</summary>
    Anyone,

    /// <summary>Any signed-in person.</summary>
    SignedIn,

    /// <summary>A role in the route's community.</summary>
    Roles,
}

/// <summary>Declares access on routes and groups; the nearest declaration wins.</summary>
public static class RouteAccessExtensions
{
    /// <summary>Anyone may call it, signed in or not.</summary>
    public static T AllowAnyone<T>(this T builder)
        where T : IEndpointConventionBuilder => builder.WithMetadata(new RouteAccess(AccessKind.Anyone, []));

    /// <summary>Any signed-in person may call it.</summary>
    public static T RequireSignedIn<T>(this T builder)
        where T : IEndpointConventionBuilder => builder.WithMetadata(new RouteAccess(AccessKind.SignedIn, []));

    /// <summary>A holder of one of the roles in the route's community may call it.</summary>
    public static T RequireRole<T>(this T builder, params Role[] roles)
        where T : IEndpointConventionBuilder
    {
        if (roles.Length == 0)
            throw new ArgumentException("Name at least one role.", nameof(roles));
        return builder.WithMetadata(new RouteAccess(AccessKind.Roles, roles));
    }

    /// <summary>Checks, before a host starts, that no route was forgotten.</summary>
    /// <exception cref="InvalidOperationException">One was: a bug.</exception>
    public static void EnsureDeclared(EndpointDataSource routes)
    {
        foreach (var endpoint in routes.Endpoints)
            if (endpoint.Metadata.GetMetadata<RouteAccess>() is null)
                throw new InvalidOperationException($"{endpoint.DisplayName} declares no access: add AllowAnyone, RequireSignedIn or RequireRole.");
    }
}
