using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Phoenix.WeChat.Simulator.Http;

/// <summary>The page: three files in the assembly, no build step.</summary>
internal static class PageRoutes
{
    private static readonly (string Path, string Resource, string Type)[] s_files =
    [
        ("/", "Simulator.index.html", "text/html; charset=utf-8"), ("/page.css", "Simulator.page.css", "text/css; charset=utf-8"), ("/page.js", "Simulator.page.js", "text/javascript; charset=utf-8"),
    ];

    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, resource, type) in s_files)
            routes.MapGet(path, (RequestDelegate)(http => Send(http, resource, type)));
    }

    private static async Task Send(HttpContext http, string resource, string type)
    {
        // "page.css" is found beside the page only if the address ends with a slash.
        if (type.StartsWith("text/html", StringComparison.Ordinal) && !http.Request.Path.Value!.EndsWith('/'))
        {
            http.Response.Redirect(SimulatorRoutes.Prefix + "/");
            return;
        }

        http.Response.ContentType = type;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'";
        await using var file = typeof(PageRoutes).Assembly.GetManifestResourceStream(resource)!;
        await file.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
