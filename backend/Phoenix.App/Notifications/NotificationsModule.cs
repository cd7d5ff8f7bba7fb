using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Notifications.Consents;
using Phoenix.App.Notifications.Digest;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Notifications.Preferences;
using Phoenix.App.Notifications.Sending;
using Phoenix.App.Notifications.Templates;
using Phoenix.Platform.Outbox;

namespace Phoenix.App.Notifications;

/// <summary>Messages to people: the inbox, WeChat's subscribe messages, consents to them, the staff's digest.</summary>
public static class NotificationsModule
{
    /// <summary>Services.</summary>
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddScoped<INotifications, Notifier>();
        services.AddScoped<TemplateBook>();
        services.AddScoped<CheckTemplates>();
        services.AddScoped<ISweep>(s => s.GetRequiredService<CheckTemplates>());
        services.AddHostedService<CheckTemplatesAtStart>();
        services.AddScoped<ManageCatalogue.Handler>();
        services.AddScoped<ConsentLedger>();
        services.AddScoped<IMessageConsents>(s => s.GetRequiredService<ConsentLedger>());
        services.AddScoped<ReportConsents.Handler>();
        services.AddScoped<AskFor.Finder>();
        services.AddScoped<PreferenceBook>();
        services.AddScoped<ChangePreferences.Handler>();
        services.AddScoped<MarkRead.Handler>();
        services.AddScoped<MarkTill.Handler>();
        services.AddScoped<SendTurns>();
        services.AddScoped<MessageSender>();
        foreach (var entry in Catalogue.All.Where(e => e.Template is not null))
            services.AddSingleton<IOutboxHandler>(s => new MessageHandler(entry, s.GetRequiredService<IServiceScopeFactory>()));
        services.AddScoped<IPersonalData, PersonalMessages>();
        services.AddScoped<DeadLetters.Handler>();
        services.AddScoped<IDigestPart, DeadLettersPart>();
        services.AddScoped<ISweep, SendDigest>();
        services.AddScoped<ISweep, PurgeMessages>();
    }

    /// <summary>Routes outside any community (<paramref name="api"/>) and inside one.</summary>
    public static void MapNotifications(this IEndpointRouteBuilder api, IEndpointRouteBuilder community)
    {
        ReadInbox.Map(api, community);
        MarkRead.Map(api, community);
        ReportConsents.Map(api);
        ChangePreferences.Map(api);
        AskFor.Map(community);
        MarkTill.Map(community);
        ManageCatalogue.Map(community);
        DeadLetters.Map(community);
    }
}
