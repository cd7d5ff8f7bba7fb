using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Fund;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.App.Volunteering;
using Phoenix.App.Volunteering.Certificates;
using Phoenix.App.Notifications;
using Phoenix.App.Redemption;
using Phoenix.App.Reporting;
using Phoenix.App.Settlement;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Time;
using Scalar.AspNetCore;

namespace Phoenix.App.Hosting;

/// <summary>Makes the product of a host's parts: services, front door, modules.</summary>
public static class PhoenixHost
{
    /// <summary>How long a stopping host goes on answering what it has accepted.</summary>
    public static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    /// <summary>No body anywhere is larger; each route's own limit is far below.</summary>
    public const long MaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>Builds the host; it is not started.</summary>
    /// <param name="parts">What differs between the hosts.</param>
    /// <param name="customize">For tests: changes services and the server before the host is built.</param>
    public static WebApplication Build(HostParts parts, Action<WebApplicationBuilder>? customize = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(parts.Settings.Url);
        builder.WebHost.ConfigureKestrel(kestrel => (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, MaxBodyBytes));
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = StopWithin);
        builder.AddTelemetry(parts.Settings.Mode);
        AddPlatform(builder.Services, parts);
        builder.Services.AddWeChat(parts.Settings);
        builder.Services.AddFrontDoor();
        builder.Services.AddHealth();
        builder.Services.AddCommunity();
        builder.Services.AddBookkeeping();
        builder.Services.AddIdentity();
        builder.Services.AddFiles();
        builder.Services.AddNotifications();
        builder.Services.AddRedemption();
        builder.Services.AddSettlement();
        builder.Services.AddSimulator(parts);
        builder.Services.AddMiniProgram();
        builder.Services.AddFund();
        builder.Services.AddVolunteering();
        builder.Services.AddReporting();
        if (parts.JobStore is not null)
            builder.Services.AddJobs(parts.JobStore);
        customize?.Invoke(builder);

        var app = builder.Build();
        if (!parts.Settings.WeChatSimulator)
            app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        app.UsePreview(parts.Settings);
        app.UseFrontDoor();
        Map(app);
        app.UseEndpoints(_ => { });
        RouteAccessExtensions.EnsureDeclared(app.Services.GetRequiredService<EndpointDataSource>());
        return app;
    }

    /// <summary>The OpenAPI document of this build, as it is committed. No database, Redis or port is touched.</summary>
    public static async Task<string> OpenApiDocument(CancellationToken cancel)
    {
        await using var parts = EmbeddedHost.Unstarted();
        await using var app = Build(parts);
        var provider = app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApi.DocumentName);
        var document = await provider.GetOpenApiDocumentAsync(cancel);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancel) + "\n";
    }

    private static void AddPlatform(IServiceCollection services, HostParts parts)
    {
        var clock = new Clock(parts.Time);
        services.AddSingleton(parts);
        services.AddSingleton<PublicAddress>();
        services.AddSingleton(parts.Time);
        services.AddSingleton(clock);
        services.AddSingleton(parts.Keys);
        services.AddSingleton(parts.Randomness);
        services.AddSingleton(parts.MakeIds(clock));
        services.AddSingleton<RandomCodes>();
        services.AddPhoenixData(parts.Database);
        services.AddSingleton(new RedisSettings(parts.Redis, parts.RedisPrefix));
        services.AddSingleton<RedisGate>();
        services.AddSingleton<Leases>();
        services.AddSingleton<VersionedCache>();
        services.AddSingleton<DatabaseState>();
        services.AddHostedService(s => s.GetRequiredService<DatabaseState>());
        services.AddHostedService<KeyRefresh>();
    }

    private static void Map(WebApplication app)
    {
        app.MapHealth();
        app.MapOpenApi().AllowAnyone().WithMetadata(new WithoutDatabase());
        app.MapScalarApiReference("/docs", o => o.WithTitle("Phoenix 凤凰币 API").DisableDefaultFonts()).AllowAnyone().WithMetadata(new WithoutDatabase());
        app.MapGet("/", () => TypedResults.Redirect("/docs")).AllowAnyone().WithMetadata(new WithoutDatabase()).ExcludeFromDescription();
        app.MapSimulator();

        var api = app.MapGroup("/api/v1").AddEndpointFilterFactory(Validation.Filter);
        var community = api.MapGroup($"/communities/{{{AccessGate.CommunityRouteValue}}}");
        api.MapGroup("").WithTags("Community").MapCommunity(community.MapGroup("").WithTags("Community"));
        community.MapGroup("").WithTags("Bookkeeping").MapBookkeeping();
        api.MapGroup("").WithTags("Identity").MapIdentity(community.MapGroup("").WithTags("Identity"));
        community.MapGroup("").WithTags("Files").MapFiles();
        app.MapMiniProgram(api.MapGroup("").WithTags("MiniProgram"), community.MapGroup("").WithTags("MiniProgram"), app.Services.GetRequiredService<HostParts>().Settings);
        community.MapGroup("").WithTags("Fund").MapFund();
        community.MapGroup("").WithTags("Volunteering").MapVolunteering();
        community.MapGroup("").WithTags("Redemption").MapRedemption();
        community.MapGroup("").WithTags("Settlement").MapSettlement();
        community.MapGroup("").WithTags("Reporting").MapReporting();
        api.MapGroup("").WithTags("Notifications").MapNotifications(community.MapGroup("").WithTags("Notifications"));
        app.MapCertificatePage();
    }
}
