using Phoenix.App.Community;

namespace Phoenix.App.Fund;

/// <summary>The community fund: its cash, what stands behind a coin, and the gate in front of every promise.</summary>
public static class FundModule
{
    /// <summary>Services.</summary>
    public static void AddFund(this IServiceCollection services)
    {
        services.AddScoped<FundBook>();
        services.AddScoped<IFundGate>(s => s.GetRequiredService<FundBook>());
        services.AddScoped<OpenFund.Handler>();
        services.AddScoped<IApprovalKind, OpenFund.Approved>();
        services.AddScoped<SetFundPolicy.Handler>();
        services.AddScoped<IApprovalKind, SetFundPolicy.Approved>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapFund(this IEndpointRouteBuilder community)
    {
        GetFund.Map(community);
        OpenFund.Map(community);
        SetFundPolicy.Map(community);
    }
}
