using Phoenix.App.Redemption.Agreements;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Redemption.Offers;
using Phoenix.App.Redemption.Pool;

namespace Phoenix.App.Redemption;

/// <summary>Merchants and their people, what was agreed with them, what they offer, and the exchange itself.</summary>
public static class RedemptionModule
{
    /// <summary>Services.</summary>
    public static void AddRedemption(this IServiceCollection services)
    {
        services.AddMerchants();
        services.AddAgreements();
        services.AddOffers();
        services.AddExchange();
        services.AddPool();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapRedemption(this IEndpointRouteBuilder community)
    {
        community.MapMerchants();
        community.MapAgreements();
        community.MapOffers();
        community.MapExchange();
        community.MapPool();
    }
}
