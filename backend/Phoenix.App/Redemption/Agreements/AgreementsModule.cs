using Phoenix.App.Community;

namespace Phoenix.App.Redemption.Agreements;

/// <summary>What was agreed with partners: terms of money with merchants, commitments without money with others.</summary>
public static class AgreementsModule
{
    /// <summary>Services.</summary>
    public static void AddAgreements(this IServiceCollection services)
    {
        services.AddSingleton<TermsShelf>();
        services.AddScoped<ProposeAgreement.Handler>();
        services.AddScoped<IApprovalKind, ProposeAgreement.Approved>();
        services.AddScoped<SignPartnership.Handler>();
        services.AddScoped<IApprovalKind, SignPartnership.Approved>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapAgreements(this IEndpointRouteBuilder community)
    {
        ProposeAgreement.Map(community);
        ListAgreements.Map(community);
        SignPartnership.Map(community);
    }
}
