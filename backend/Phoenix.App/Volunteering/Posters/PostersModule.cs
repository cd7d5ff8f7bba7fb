namespace Phoenix.App.Volunteering.Posters;

/// <summary>What makes an activity known: its code and its poster.</summary>
internal static class PostersModule
{
    /// <summary>Services.</summary>
    public static void AddPosters(this IServiceCollection services) => services.AddScoped<PosterDesk>();

    /// <summary>Routes inside a community.</summary>
    public static void MapPosters(this IEndpointRouteBuilder community)
    {
        ActivityCode.Map(community);
        PrintPoster.Map(community);
    }
}
