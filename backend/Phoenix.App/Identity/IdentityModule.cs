namespace Phoenix.App.Identity;

/// <summary>People, their roles and their access tokens.</summary>
public static class IdentityModule
{
    /// <summary>Services.</summary>
    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IAccessTokens>(s => s.GetRequiredService<AccessTokens>());
        services.AddSingleton<IRoleDirectory, RoleDirectory>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder community) => GetMe.Map(community);
}
