namespace Phoenix.App.Community;

/// <summary>Communities and their calendars; later approvals and the audit log.</summary>
public static class CommunityModule
{
    /// <summary>Services.</summary>
    public static void AddCommunity(this IServiceCollection services)
    {
        services.AddSingleton<ICommunities, Communities>();
        services.AddScoped<ICommunityCalendar, CommunityCalendar>();
        services.AddScoped<DeclareCalendarDay.Handler>();
        services.AddScoped<WithdrawCalendarDay.Handler>();
    }

    /// <summary>Routes outside any community (<paramref name="api"/>) and inside one.</summary>
    public static void MapCommunity(this IEndpointRouteBuilder api, IEndpointRouteBuilder community)
    {
        ListCommunities.Map(api);
        GetCommunity.Map(community);
        GetCalendar.Map(community);
        ListCalendarEntries.Map(community);
        DeclareCalendarDay.Map(community);
        WithdrawCalendarDay.Map(community);
    }
}
