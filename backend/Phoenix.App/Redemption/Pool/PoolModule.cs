using Phoenix.App.Community;

namespace Phoenix.App.Redemption.Pool;

/// <summary>The community's pool of coins.</summary>
public static class PoolModule
{
    /// <summary>Services.</summary>
    public static void AddPool(this IServiceCollection services)
    {
        services.AddScoped<CommunityPool>();
        services.AddScoped<GiveToPool.Handler>();
        services.AddScoped<SpendPool.Handler>();
        services.AddScoped<IApprovalKind, SpendPool.Approved>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapPool(this IEndpointRouteBuilder community)
    {
        GiveToPool.Map(community);
        SpendPool.Map(community);
    }
}
