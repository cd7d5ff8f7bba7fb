using Phoenix.App.Reporting.Board;

namespace Phoenix.App.Reporting;

/// <summary>公示: what everybody may know of the community's service, coins and fund. Nothing is kept here: the other modules' figures, put together.</summary>
public static class ReportingModule
{
    /// <summary>Services.</summary>
    public static void AddReporting(this IServiceCollection services) => services.AddScoped<BoardReader>();

    /// <summary>Routes inside a community.</summary>
    public static void MapReporting(this IEndpointRouteBuilder community)
    {
        ListBoardMonths.Map(community);
        GetBoardMonth.Map(community);
        GetBoardFund.Map(community);
    }
}
