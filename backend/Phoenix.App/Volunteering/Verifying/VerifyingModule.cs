using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Notifications;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Verifying.Appeals;
using Phoenix.App.Volunteering.Verifying.Watch;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>核时长: from who came to records and coins, and what watches over it.</summary>
internal static class VerifyingModule
{
    /// <summary>Services.</summary>
    public static void AddVerifying(this IServiceCollection services)
    {
        services.AddScoped<VerifyRights>();
        services.AddScoped<ShiftLines>();
        services.AddScoped<RecordWriter>();
        services.AddScoped<GetVerification.Reader>();
        services.AddScoped<VerifyShift.Handler>();
        services.AddScoped<VerifyOne.Handler>();
        services.AddScoped<LeaveOut.Handler>();
        services.AddScoped<ApproveSecond.Handler>();
        services.AddScoped<RaiseBudget.Handler>();
        services.AddScoped<IActivityClosing, VerifyClosing>();
        services.AddScoped<NoShowLimits>();
        services.AddScoped<AppealNoShow.Handler>();
        services.AddScoped<AnswerAppeal.Handler>();
        services.AddScoped<IPersonalData, AppealData>();
        services.AddScoped<IDigestPart, VerifyDigest>();
        services.AddScoped<ISweep, RemindShifts>();
        services.AddScoped<ISweep, NoteShiftEnds>();
        services.AddScoped<ISweep, NoteNoShows>();
        services.AddScoped<ISweep, WatchDeadlines>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapVerifying(this IEndpointRouteBuilder community)
    {
        GetVerification.Map(community);
        VerifyShift.Map(community);
        VerifyOne.Map(community);
        LeaveOut.Map(community);
        ApproveSecond.Map(community);
        RaiseBudget.Map(community);
        AppealNoShow.Map(community);
        AnswerAppeal.Map(community);
    }
}
