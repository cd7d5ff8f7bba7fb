using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>Merchants: what they are, who acts for them, where they are paid.</summary>
public static class MerchantsModule
{
    /// <summary>Longest reason for the log, in characters.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>Services.</summary>
    public static void AddMerchants(this IServiceCollection services)
    {
        services.AddScoped<MerchantBook>();
        services.AddScoped<IMerchantPeople>(s => s.GetRequiredService<MerchantBook>());
        services.AddScoped<IMerchantDirectory, MerchantDirectory>();
        services.AddScoped<PayeeBook>();
        services.AddScoped<IMerchantPayees>(s => s.GetRequiredService<PayeeBook>());
        services.AddScoped<EnterMerchant.Handler>();
        services.AddScoped<SetMerchantState.Handler>();
        services.AddScoped<SetHours.Handler>();
        services.AddScoped<ProposeOwner.Handler>();
        services.AddScoped<IApprovalKind, ProposeOwner.Approved>();
        services.AddScoped<ListMerchantStaff.Handler>();
        services.AddScoped<JoinMerchant.Handler>();
        services.AddScoped<LeaveMerchant.Handler>();
        services.AddScoped<SetPayee.Handler>();
        services.AddScoped<IApprovalKind, SetPayee.Approved>();
        services.AddScoped<ShowPayee.Handler>();
        services.AddScoped<ISweep, SwitchOffIdleClerks>();
        services.AddScoped<MerchantData>();
        services.AddScoped<IPersonalData>(s => s.GetRequiredService<MerchantData>());
        services.AddScoped<IClosingCheck>(s => s.GetRequiredService<MerchantData>());
        services.AddScoped<IRotatesKeys>(s => new RotatesRows<MerchantPayee>(
            s.GetRequiredService<PhoenixDb>(), s.GetRequiredService<Database>(), s.GetRequiredService<KeyRing>(), "merchant_payees", p => p.Id,
            key => p => !p.AccountName.StartsWith(key) || !p.AccountNumber.StartsWith(key) || !p.BankName.StartsWith(key), PayeeBook.Renew));
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapMerchants(this IEndpointRouteBuilder community)
    {
        ListMerchants.Map(community);
        EnterMerchant.Map(community);
        SetMerchantState.Map(community);
        SetHours.Map(community);
        MerchantCode.Map(community);
        ProposeOwner.Map(community);
        ListMerchantStaff.Map(community);
        JoinMerchant.Map(community);
        LeaveMerchant.Map(community);
        SetPayee.Map(community);
        ShowPayee.Map(community);
    }
}
