using Phoenix.App.Bookkeeping;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Notifications;
using Phoenix.Ledger.Apply;
using Phoenix.Platform.Outbox;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>A coin becomes a meal at the till.</summary>
public static class ExchangeModule
{
    /// <summary>Services.</summary>
    public static void AddExchange(this IServiceCollection services)
    {
        services.AddSingleton<ILedgerParticipant, RedemptionParticipant>();
        services.AddSingleton<MemberShelf>();
        services.AddSingleton<TillTouches>();
        services.AddSingleton<TillReads>();
        services.AddSingleton<IOutboxHandler, TellRedemption>();
        services.AddScoped<TellRedemption.Teller>();
        services.AddScoped<OrderDesk>();
        services.AddScoped<RedemptionParts>();
        services.AddScoped<IHoldOwner>(s => s.GetRequiredService<RedemptionParts>());
        services.AddScoped<ResolveDesk>();
        services.AddScoped<IExchangeLines, ExchangeLines>();
        services.AddScoped<TillDoor>();
        services.AddScoped<TillPages>();
        services.AddScoped<HoldOffer.Handler>();
        services.AddScoped<EndRedemption.Handler>();
        services.AddScoped<ScanMyCode.Handler>();
        services.AddScoped<UseCard.Handler>();
        services.AddScoped<MyRedemptions.Handler>();
        services.AddScoped<ShowTill.Handler>();
        services.AddScoped<RefundRedemption.Handler>();
        services.AddScoped<RefundRedemption.Receipts>();
        services.AddScoped<ExtendTill.Handler>();
        services.AddScoped<DisputeRedemption.Handler>();
        services.AddScoped<FindPatterns.Finder>();
        services.AddScoped<ISweep, FindPatterns>();
        services.AddScoped<ReviewFlags.Handler>();
        services.AddScoped<IDigestPart, ReviewFlags.Digest>();
        services.AddScoped<IBookAudit, RedemptionAudit>();
        services.AddScoped<IPostingEvidence, RedemptionEvidence>();
        services.AddScoped<IPersonalData, PersonalRedemptions>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapExchange(this IEndpointRouteBuilder community)
    {
        HoldOffer.Map(community);
        EndRedemption.Map(community);
        ScanMyCode.Map(community);
        UseCard.Map(community);
        MyRedemptions.Map(community);
        ShowTill.Map(community);
        RefundRedemption.Map(community);
        ExtendTill.Map(community);
        DisputeRedemption.Map(community);
        ReviewFlags.Map(community);
    }
}
