using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.MiniProgram;
using Phoenix.App.Notifications;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>求助: from asking for a hand to a shift and thanks.</summary>
internal static class NeedsModule
{
    /// <summary>Services.</summary>
    public static void AddNeeds(this IServiceCollection services)
    {
        services.AddScoped<NeedDesk>();
        services.AddScoped<NeedShifts>();
        services.AddScoped<NeedNotices>();
        services.AddScoped<NeedReader>();
        services.AddScoped<StaffNeeds.Reader>();
        services.AddScoped<RaiseNeed.Handler>();
        services.AddScoped<WithdrawNeed.Handler>();
        services.AddScoped<TriageNeed.Handler>();
        services.AddScoped<ArrangeNeed.Handler>();
        services.AddScoped<ThankForNeed.Handler>();
        services.AddScoped<IReviewedContent, ReviewedNeedThanks>();
        services.AddScoped<IDigestPart, NeedsDigest>();
        services.AddScoped<ISweep, ForgetNeeds>();
        services.AddScoped<IPersonalData, NeedData>();
        services.AddScoped<IRotatesKeys>(s => new RotatesRows<Need>(
            s.GetRequiredService<PhoenixDb>(), s.GetRequiredService<Database>(), s.GetRequiredService<KeyRing>(), "needs", n => n.Id,
            key => n => n.Details != null && !n.Details.StartsWith(key), (need, keys) => need.Renew(keys)));
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapNeeds(this IEndpointRouteBuilder community)
    {
        RaiseNeed.Map(community);
        MyNeeds.Map(community);
        WithdrawNeed.Map(community);
        ThankForNeed.Map(community);
        ShiftNeeds.Map(community);
        StaffNeeds.Map(community);
        TriageNeed.Map(community);
        ArrangeNeed.Map(community);
    }
}
