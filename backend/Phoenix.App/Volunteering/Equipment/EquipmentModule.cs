using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Notifications;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>器材: what the community lends, and its loan log.</summary>
internal static class EquipmentModule
{
    /// <summary>Services.</summary>
    public static void AddEquipment(this IServiceCollection services)
    {
        services.AddScoped<EquipmentDesk>();
        services.AddScoped<EquipmentReader>();
        services.AddScoped<LoanNotices>();
        services.AddScoped<SaveEquipment.Handler>();
        services.AddScoped<SetEquipmentState.Handler>();
        services.AddScoped<LendEquipment.Handler>();
        services.AddScoped<ExtendLoan.Handler>();
        services.AddScoped<ReturnEquipment.Handler>();
        services.AddScoped<IDigestPart, EquipmentDigest>();
        services.AddScoped<ISweep, RemindLoans>();
        services.AddScoped<ISweep, ForgetBorrowers>();
        services.AddScoped<LoanData>();
        services.AddScoped<IPersonalData>(s => s.GetRequiredService<LoanData>());
        services.AddScoped<IClosingCheck>(s => s.GetRequiredService<LoanData>());
        services.AddScoped<IRotatesKeys>(s => new RotatesRows<EquipmentLoan>(
            s.GetRequiredService<PhoenixDb>(), s.GetRequiredService<Database>(), s.GetRequiredService<KeyRing>(), "equipment_loans", l => l.Id,
            key => l => l.Borrower != null && !l.Borrower.StartsWith(key), (loan, keys) => loan.Renew(keys)));
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapEquipment(this IEndpointRouteBuilder community)
    {
        PublicEquipment.Map(community);
        MyLoans.Map(community);
        StaffEquipment.Map(community);
        SaveEquipment.Map(community);
        SetEquipmentState.Map(community);
        LendEquipment.Map(community);
        ExtendLoan.Map(community);
        ReturnEquipment.Map(community);
        LoanLog.Map(community);
    }
}
