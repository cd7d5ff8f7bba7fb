using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Fund.Accounts;
using Phoenix.App.Fund.Book;
using Phoenix.App.Fund.Markets;

namespace Phoenix.App.Fund;

/// <summary>The community fund: its book, what stands behind a coin, the gate in front of every promise, and the markets that bring money to it.</summary>
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
        services.AddScoped<EntryDesk>();
        services.AddScoped<IApprovalKind, EntryApproved>();
        services.AddScoped<EnterContribution.Handler>();
        services.AddScoped<EnterAdjustment.Handler>();
        services.AddScoped<CorrectEntry.Handler>();
        services.AddScoped<IPostingEvidence, FundEvidence>();
        services.AddScoped<BookReader>();
        services.AddScoped<ListBook.Shower>();
        services.AddScoped<IFundMonths, FundMonthsReader>();
        services.AddMarkets();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapFund(this IEndpointRouteBuilder community)
    {
        GetFund.Map(community);
        OpenFund.Map(community);
        SetFundPolicy.Map(community);
        EnterContribution.Map(community);
        EnterAdjustment.Map(community);
        CorrectEntry.Map(community);
        ListEntries.Map(community);
        ListBook.Map(community);
        PublicAccounts.Map(community);
        community.MapMarkets();
    }
}
