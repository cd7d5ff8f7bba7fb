using Microsoft.Extensions.FileProviders;

namespace Phoenix.App.Hosting;

/// <summary>The mini program in a browser: static pages, only beside the simulator, whose people are its users.</summary>
internal static class Preview
{
    /// <summary>Where it is.</summary>
    public const string Path = "/preview";

    /// <summary>Serves the folder, if one is set.</summary>
    public static void UsePreview(this WebApplication app, HostSettings settings)
    {
        if (!settings.WeChatSimulator || settings.PreviewFolder is not { } folder)
            return;
        app.UseFileServer(new FileServerOptions
        {
            RequestPath = Path,
            FileProvider = new PhysicalFileProvider(System.IO.Path.GetFullPath(folder)),
            StaticFileOptions = { OnPrepareResponse = context => context.Context.Response.Headers.CacheControl = "no-cache" },
        });
    }
}
