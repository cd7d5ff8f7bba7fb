using Phoenix.App.Bookkeeping;
using Phoenix.App.Data;
using Phoenix.App.Fund;
using Phoenix.App.MiniProgram;
using Phoenix.App.Notifications;
using Phoenix.App.Volunteering.Records.Corrections;
using Phoenix.App.Volunteering.Records.Growth;
using Phoenix.App.Volunteering.Records.Province;
using Phoenix.App.Volunteering.Records.Thanking;

namespace Phoenix.App.Volunteering.Records;

/// <summary>志愿服务记录: written, read, corrected, reported to the province.</summary>
public static class RecordsModule
{
    /// <summary>Services.</summary>
    public static void AddRecords(this IServiceCollection services)
    {
        services.AddScoped<RecordDeadlines>();
        services.AddScoped<GetUnitHours.Reader>();
        services.AddScoped<RecordCoins>();
        services.AddScoped<RecordEditor>();
        services.AddScoped<IServiceRecordBook, ServiceRecordBook>();
        services.AddScoped<VoidRecord.Handler>();
        services.AddScoped<AskCorrection.Handler>();
        services.AddScoped<WithdrawCorrection.Handler>();
        services.AddScoped<AnswerCorrection.Handler>();
        services.AddScoped<IDigestPart, CorrectionsDigest>();
        services.AddScoped<VolunteerEntries.Handler>();
        services.AddScoped<ThankForService.Handler>();
        services.AddScoped<IReviewedContent, ReviewedThanks>();
        services.AddScoped<IPersonalData, RecordData>();
        services.AddScoped<IPersonalData, ThanksData>();
        services.AddScoped<RecordEvidence>();
        services.AddScoped<IRecordEvidence>(s => s.GetRequiredService<RecordEvidence>());
        services.AddScoped<IPostingEvidence>(s => s.GetRequiredService<RecordEvidence>());
        services.AddScoped<HelpFigures>();
        services.AddScoped<IHelpFigures>(s => s.GetRequiredService<HelpFigures>());
        services.AddScoped<IServiceFigures>(s => s.GetRequiredService<HelpFigures>());
        services.AddScoped<MarkEntered.Handler>();
        services.AddScoped<ImportNumbers.Handler>();
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapRecords(this IEndpointRouteBuilder community)
    {
        ListMyRecords.Map(community);
        GetMyHours.Map(community);
        GetUnitHours.Map(community);
        ListRecords.Map(community);
        GetRecord.Map(community);
        VoidRecord.Map(community);
        AskCorrection.Map(community);
        WithdrawCorrection.Map(community);
        AnswerCorrection.Map(community);
        ListCorrections.Map(community);
        VolunteerEntries.Map(community);
        ThankForService.Map(community);
        ExportForProvince.Map(community);
        MarkEntered.Map(community);
        ImportNumbers.Map(community);
    }
}
