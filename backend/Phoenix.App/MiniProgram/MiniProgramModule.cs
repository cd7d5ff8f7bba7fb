using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.MiniProgram.Codes;
using Phoenix.App.MiniProgram.Content;
using Phoenix.App.MiniProgram.Links;
using Phoenix.App.MiniProgram.Personal;
using Phoenix.App.MiniProgram.Push;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Outbox;

namespace Phoenix.App.MiniProgram;

/// <summary>The product's own side of the WeChat platform: codes and links, pushes, content check.</summary>
public static class MiniProgramModule
{
    /// <summary>Services.</summary>
    public static void AddMiniProgram(this IServiceCollection services)
    {
        services.AddSingleton<RotatingCodes>();
        services.AddSingleton<FixedCodes>();
        services.AddScoped<ICodes, CodeBook>();
        services.AddSingleton<DeviceKeys>();
        services.AddScoped<IPersonalCodes, PersonalCodes>();
        services.AddScoped<IssueDeviceSecret.Handler>();
        services.AddScoped<ISweep, PurgePersonalCodes>();
        services.AddSingleton<MiniProgramMeter>();
        services.AddScoped<IContentCheck, ContentCheck>();
        services.AddSingleton<IOutboxHandler, AskAboutPicture>();
        services.AddScoped<ReviewBook>();
        services.AddScoped<IPersonalData, PersonalContent>();
        services.AddScoped<IRotatesKeys>(s => new RotatesRows<ContentReview>(
            s.GetRequiredService<PhoenixDb>(), s.GetRequiredService<Database>(), s.GetRequiredService<KeyRing>(), "content_reviews", r => r.Id,
            prefix => r => r.Text != null && !r.Text.StartsWith(prefix),
            (r, keys) => r.Text = keys.Encrypt(keys.Decrypt(r.Text!, ContentReview.TextPlace(r.Id)), ContentReview.TextPlace(r.Id))));
        services.AddScoped<DecideReview.Handler>();
        services.AddScoped<ISweep, TimeOutPictures>();
        services.AddScoped<ISweep, PurgeReviews>();
        services.AddSingleton<PushDoor>();
        services.AddSingleton(s => s.GetRequiredService<HostParts>().Settings);
        services.AddScoped<ReceivePush.Handler>();
        services.AddScoped<MediaResults>();
        services.AddScoped<ISweep, HandlePushes>();
        services.AddScoped<ISweep, PurgePushes>();
        services.AddScoped<MakeLink.Handler>();
    }

    /// <summary>Routes outside the API (<paramref name="app"/>), outside any community (<paramref name="api"/>) and inside one.</summary>
    public static void MapMiniProgram(this IEndpointRouteBuilder app, IEndpointRouteBuilder api, IEndpointRouteBuilder community, HostSettings settings)
    {
        OpenCode.Map(app, settings);
        ReceivePush.Map(app);
        ResolveScene.Map(api);
        IssueDeviceSecret.Map(api);
        ListReviews.Map(community);
        DecideReview.Map(community);
        MakeLink.Map(community);
    }
}
