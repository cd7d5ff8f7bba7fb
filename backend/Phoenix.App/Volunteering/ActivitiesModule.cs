using Phoenix.App.Data;
using Phoenix.App.Fund;
using Phoenix.App.Hosting;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.App.Volunteering.Places;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Teams;

namespace Phoenix.App.Volunteering;

/// <summary>From a place and a team to an activity and who comes to it.</summary>
internal static class ActivitiesModule
{
    /// <summary>Services.</summary>
    public static void AddActivities(this IServiceCollection services)
    {
        services.AddScoped<SavePlace.Handler>();
        services.AddScoped<StationDesk.Handler>();
        services.AddScoped<TeamDesk.Handler>();
        services.AddScoped<PostDesk.Handler>();
        services.AddScoped<Rota.Handler>();
        services.AddScoped<Leaderships>();
        services.AddScoped<IHandOverPart>(s => s.GetRequiredService<Leaderships>());
        services.AddScoped<CoinRuleBook>();
        services.AddScoped<SetCoinRule.Handler>();
        services.AddScoped<ICoinPromises, OpenPromises>();
        services.AddScoped<Promises>();
        services.AddScoped<ActivityTexts>();
        services.AddScoped<IReviewedContent>(s => s.GetRequiredService<ActivityTexts>());
        services.AddScoped<VolunteeringData>();
        services.AddScoped<IPersonalData>(s => s.GetRequiredService<VolunteeringData>());
        services.AddScoped<IClosingCheck>(s => s.GetRequiredService<VolunteeringData>());
        services.AddScoped<StaffActivity.Reader>();
        services.AddScoped<PublicActivities.Reader>();
        services.AddScoped<SaveActivity.Handler>();
        services.AddScoped<SaveShift.Handler>();
        services.AddScoped<PublishActivity.Handler>();
        services.AddScoped<CancelActivity.Handler>();
        services.AddScoped<CopyActivity.Handler>();
        services.AddScoped<EnterFigures.Handler>();
        services.AddScoped<MakeRotaShifts.Maker>();
        services.AddScoped<ISweep, MakeRotaShifts>();
        services.AddScoped<ISweep, EndActivities>();
        AddSignups(services);
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapActivities(this IEndpointRouteBuilder community)
    {
        ListPlaces.Map(community);
        SavePlace.Map(community);
        StationDesk.Map(community);
        TeamDesk.Map(community);
        PostDesk.Map(community);
        Rota.Map(community);
        SetCoinRule.Map(community);
        PublicActivities.Map(community);
        StaffActivity.Map(community);
        SaveActivity.Map(community);
        SaveShift.Map(community);
        PublishActivity.Map(community);
        CancelActivity.Map(community);
        CopyActivity.Map(community);
        EnterFigures.Map(community);
        JoinShift.Map(community);
        AnswerSignup.Map(community);
        LeadSignup.Map(community);
        FillRoster.Map(community);
        Roster.Map(community);
        Chain.Map(community);
        MySignups.Map(community);
        SignupLimits.Map(community);
    }

    private static void AddSignups(IServiceCollection services)
    {
        services.AddScoped<PersonTimes>();
        services.AddScoped<SignupNotices>();
        services.AddScoped<SignupChecks>();
        services.AddScoped<ShiftPlaces>();
        services.AddScoped<JoinShift.Handler>();
        services.AddScoped<AnswerSignup.Handler>();
        services.AddScoped<LeadSignup.Handler>();
        services.AddScoped<FillRoster.Handler>();
        services.AddScoped<Chain.Handler>();
        services.AddScoped<SignupLimits.Handler>();
        services.AddScoped<ISweep, PassOffersOn>();
    }
}
