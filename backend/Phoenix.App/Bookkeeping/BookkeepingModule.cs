using Phoenix.App.Bookkeeping.Coins;
using Phoenix.App.Bookkeeping.SpotChecks;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;

namespace Phoenix.App.Bookkeeping;

/// <summary>The ledger in the product: its services in the host, its nightly work, and what of it is published.</summary>
public static class BookkeepingModule
{
    /// <summary>Services.</summary>
    public static void AddBookkeeping(this IServiceCollection services)
    {
        services.AddLedger();
        services.AddScoped<IPersonalData, PersonalCoins>();
        services.AddScoped<IClosingCheck, PersonalCoins>();
        services.AddScoped<ISweep, ExpireHolds>();
        services.AddScoped<ISweep, ExpireLots>();
        services.AddScoped<ISweep, ReconcileBooks>();
        services.AddScoped<ISweep, SealMonths>();
        services.AddScoped<CoinHolders>();
        services.AddScoped<CoinPauses>();
        services.AddScoped<ICoinPauses>(s => s.GetRequiredService<CoinPauses>());
        services.AddScoped<GetCoins.Handler>();
        services.AddScoped<ListCoinEntries.Handler>();
        services.AddScoped<ExplainCoins.Handler>();
        services.AddScoped<PauseCoins.Handler>();
        services.AddScoped<ExtendCoins.Handler>();
        services.AddScoped<IApprovalKind, ExtendCoins.Approved>();
        services.AddScoped<ISweep, ExtendCoins.Sweep>();
        services.AddScoped<ISweep, AnnounceExpiry>();
        services.AddScoped<ICoinMonths, CoinMonths>();
        services.AddScoped<DrawSpotCheck.Handler>();
        services.AddScoped<GetSpotCheck.Reader>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapBookkeeping(this IEndpointRouteBuilder community)
    {
        ListMonthHeads.Map(community);
        ListBookChecks.Map(community);
        GetCoins.Map(community);
        ListCoinEntries.Map(community);
        ExplainCoins.Map(community);
        PauseCoins.Map(community);
        ListCoinPauses.Map(community);
        ExtendCoins.Map(community);
        DrawSpotCheck.Map(community);
        ListSpotChecks.Map(community);
        GetSpotCheck.Map(community);
    }
}
