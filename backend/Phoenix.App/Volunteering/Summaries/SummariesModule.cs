using Phoenix.App.MiniProgram;

namespace Phoenix.App.Volunteering.Summaries;

/// <summary>活动小结: from what is recorded to what everybody reads.</summary>
internal static class SummariesModule
{
    /// <summary>Services.</summary>
    public static void AddSummaries(this IServiceCollection services)
    {
        services.AddScoped<SummaryReader>();
        services.AddScoped<SummaryDesk>();
        services.AddScoped<WriteSummary.Handler>();
        services.AddScoped<PublishSummary.Handler>();
        services.AddScoped<IReviewedContent, ReviewedSummary>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapSummaries(this IEndpointRouteBuilder community)
    {
        GetSummary.Map(community);
        WriteSummary.Map(community);
        PublishSummary.Map(community);
        PrintSummary.Map(community);
    }
}
