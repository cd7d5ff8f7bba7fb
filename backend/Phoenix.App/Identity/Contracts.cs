using Phoenix.App.Http;

namespace Phoenix.App.Identity;

/// <summary>Reads access tokens.</summary>
public interface IAccessTokens
{
    /// <summary>The person that a token names; null for a token that is expired, changed or not ours.</summary>
    Guid? Read(string token);
}

/// <summary>Which roles a person holds where.</summary>
public interface IRoleDirectory
{
    /// <summary>
    /// The person's roles in a community; none in community 0. With <paramref name="fresh"/> the database is asked (unsafe calls);
    /// otherwise the answer is at most <see cref="RoleDirectory.StaleAfter"/> old (reads).
    /// </summary>
    Task<IReadOnlySet<Role>> RolesOf(Guid personId, int communityId, bool fresh, CancellationToken cancel);
}
