using Phoenix.App.Identity;

namespace Phoenix.App.Http;

/// <summary>What a person may be in a community; many at once (product.md, "Identity").</summary>
public enum Role
{
    /// <summary>居民: anyone who joined the community.</summary>
    Member,

    /// <summary>志愿者.</summary>
    Volunteer,

    /// <summary>负责人.</summary>
    Leader,

    /// <summary>专业社工.</summary>
    SocialWorker,

    /// <summary>社区工作人员.</summary>
    Staff,

    /// <summary>财务.</summary>
    Treasurer,

    /// <summary>审计.</summary>
    Auditor,

    /// <summary>商家负责人.</summary>
    MerchantOwner,

    /// <summary>店员.</summary>
    Clerk,

    /// <summary>单位联系人.</summary>
    UnitContact,
}

/// <summary>Who sent the request: a signed-in person with the roles held in the route's community. Routes take it as a parameter.</summary>
/// <param name="PersonId">The person, global.</param>
/// <param name="SessionId">The signed-in device.</param>
/// <param name="Roles">Roles in the route's community; empty outside any.</param>
public sealed record Caller(Guid PersonId, Guid SessionId, IReadOnlySet<Role> Roles)
{
    /// <summary>As the access token named them.</summary>
    public TokenSubject Subject => new(PersonId, SessionId);

    /// <summary>Whether the caller holds the role here.</summary>
    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>The caller as the access gate found it; null where nobody is signed in.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<Caller>());
}
