using Phoenix.App.Data;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Identity.Cards;

/// <summary>People without WeChat, and printed cards.</summary>
public static class CardsModule
{
    /// <summary>Services.</summary>
    public static void AddCards(this IServiceCollection services)
    {
        services.AddScoped<CardBook>();
        services.AddScoped<ICards>(s => s.GetRequiredService<CardBook>());
        services.AddScoped<EnterElder.Handler>();
        services.AddScoped<IssueCard.Handler>();
        services.AddScoped<PrintCard.Handler>();
        services.AddScoped<LookUpCard.Handler>();
        services.AddScoped<IPersonalData, CardData>();
        services.AddScoped<IRotatesKeys>(s => new RotatesRows<ElderCard>(
            s.GetRequiredService<PhoenixDb>(), s.GetRequiredService<Database>(), s.GetRequiredService<KeyRing>(), "elder_cards", c => c.Id,
            key => c => !c.Number.StartsWith(key) || !c.NumberHash.StartsWith(key), (card, keys) => card.Renew(keys)));
        services.AddScoped<IRotatesKeys>(s => new RotatesRows<ElderEntry>(
            s.GetRequiredService<PhoenixDb>(), s.GetRequiredService<Database>(), s.GetRequiredService<KeyRing>(), "elder_entries", e => e.PersonId,
            key => e => e.BirthYear != null && !e.BirthYear.StartsWith(key), (entry, keys) => entry.Renew(keys)));
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapCards(this IEndpointRouteBuilder community)
    {
        EnterElder.Map(community);
        IssueCard.Map(community);
        ListCards.Map(community);
        PrintCard.Map(community);
        LookUpCard.Map(community);
    }
}
