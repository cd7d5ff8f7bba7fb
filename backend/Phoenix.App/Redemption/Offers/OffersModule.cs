using Phoenix.App.Community;

namespace Phoenix.App.Redemption.Offers;

/// <summary>What merchants give for coins.</summary>
public static class OffersModule
{
    /// <summary>Services.</summary>
    public static void AddOffers(this IServiceCollection services)
    {
        services.AddSingleton<OfferShelf>();
        services.AddScoped<ProposeOffer.Handler>();
        services.AddScoped<IApprovalKind, ProposeOffer.Approved>();
        services.AddScoped<ListOffers.Shower>();
        services.AddScoped<SetOfferState.Handler>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapOffers(this IEndpointRouteBuilder community)
    {
        ProposeOffer.Map(community);
        ListOffers.Map(community);
        SetOfferState.Map(community);
    }
}
