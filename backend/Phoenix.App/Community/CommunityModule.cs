using Phoenix.App.Community.Approvals;
using Phoenix.App.Community.Audit;
using Phoenix.App.Community.Documents;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Notifications;

namespace Phoenix.App.Community;

/// <summary>Communities and their calendars; documents, approvals, the audit log.</summary>
public static class CommunityModule
{
    /// <summary>Services.</summary>
    public static void AddCommunity(this IServiceCollection services)
    {
        services.AddSingleton<ICommunities, Communities>();
        services.AddScoped<ICommunityCalendar, CommunityCalendar>();
        services.AddHttpContextAccessor();
        services.AddScoped<IAuditLog, AuditLog>();
        services.AddScoped<IApprovals, ApprovalBook>();
        services.AddScoped<PersonalTrail>();
        services.AddScoped<IAuditTrail>(s => s.GetRequiredService<PersonalTrail>());
        services.AddScoped<IPersonalData>(s => s.GetRequiredService<PersonalTrail>());
        services.AddScoped<DecideApproval.Handler>();
        services.AddScoped<GetApproval.Handler>();
        services.AddScoped<ISweep, ExpireApprovals>();
        services.AddScoped<IDigestPart, WaitingApprovals>();
        services.AddScoped<DeclareCalendarDay.Handler>();
        services.AddScoped<WithdrawCalendarDay.Handler>();
        services.AddScoped<DocumentConsents>();
        services.AddScoped<IDocumentConsents>(s => s.GetRequiredService<DocumentConsents>());
        services.AddScoped<PublishDocument.Handler>();
        services.AddScoped<AcceptDocuments.Handler>();
    }

    /// <summary>Routes outside any community (<paramref name="api"/>) and inside one.</summary>
    public static void MapCommunity(this IEndpointRouteBuilder api, IEndpointRouteBuilder community)
    {
        ListCommunities.Map(api);
        GetCommunity.Map(community);
        GetCalendar.Map(community);
        ListCalendarEntries.Map(community);
        ListAuditEntries.Map(community);
        ListApprovals.Map(community);
        GetApproval.Map(community);
        DecideApproval.Map(community);
        DeclareCalendarDay.Map(community);
        WithdrawCalendarDay.Map(community);
        ListDocuments.Map(community);
        GetDocument.Map(community);
        PublishDocument.Map(community);
        AcceptDocuments.Map(community);
    }
}
