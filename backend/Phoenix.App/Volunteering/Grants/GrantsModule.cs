using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;

namespace Phoenix.App.Volunteering.Grants;

/// <summary>表扬发放: coins in recognition, by two pairs of eyes.</summary>
public static class GrantsModule
{
    /// <summary>Services.</summary>
    public static void AddGrants(this IServiceCollection services)
    {
        services.AddScoped<GrantBook>();
        services.AddScoped<IApprovalKind>(s => s.GetRequiredService<GrantBook>());
        services.AddScoped<IPostingEvidence, GrantEvidence>();
        services.AddScoped<ProposeGrant.Handler>();
        services.AddScoped<ProposeGrantSheet.Handler>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapGrants(this IEndpointRouteBuilder community)
    {
        ProposeGrant.Map(community);
        ProposeGrantSheet.Map(community);
        ListGrants.Map(community);
    }
}
