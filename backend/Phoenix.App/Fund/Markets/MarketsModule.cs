using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.MiniProgram;
using Phoenix.App.Notifications;

namespace Phoenix.App.Fund.Markets;

/// <summary>公益集市: markets, stalls, and where their money goes.</summary>
public static class MarketsModule
{
    /// <summary>Services.</summary>
    public static void AddMarkets(this IServiceCollection services)
    {
        services.AddScoped<MarketBook>();
        services.AddScoped<MarketTexts>();
        services.AddScoped<IReviewedContent>(s => s.GetRequiredService<MarketTexts>());
        services.AddScoped<StallDesk>();
        services.AddScoped<StaffMarkets.Reader>();
        services.AddScoped<StaffStalls.Reader>();
        services.AddScoped<MyStalls.Reader>();
        services.AddScoped<PublicMarkets.Reader>();
        services.AddScoped<TraceMarket.Reader>();
        services.AddScoped<SaveMarket.Handler>();
        services.AddScoped<MoveMarket.Handler>();
        services.AddScoped<SettleMarket.Handler>();
        services.AddScoped<ApplyForStall.Handler>();
        services.AddScoped<DecideStall.Handler>();
        services.AddScoped<DeclareTakings.Handler>();
        services.AddScoped<ThankStall.Handler>();
        services.AddScoped<ISweep, CloseMarkets>();
        services.AddScoped<IDigestPart, WaitingStalls>();
        services.AddScoped<MarketData>();
        services.AddScoped<IPersonalData>(s => s.GetRequiredService<MarketData>());
        services.AddScoped<IClosingCheck>(s => s.GetRequiredService<MarketData>());
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapMarkets(this IEndpointRouteBuilder community)
    {
        PublicMarkets.Map(community);
        TraceMarket.Map(community);
        ApplyForStall.Map(community);
        MyStalls.Map(community);
        DeclareTakings.Map(community);
        ThankStall.Map(community);
        StallCode.Map(community);
        StaffMarkets.Map(community);
        SaveMarket.Map(community);
        MoveMarket.Map(community);
        SettleMarket.Map(community);
        StaffStalls.Map(community);
        DecideStall.Map(community);
    }
}
