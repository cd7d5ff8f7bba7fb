using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Phoenix.App.Hosting;
using Phoenix.App.Http;

namespace Phoenix.App.MiniProgram.Codes;

/// <summary>
/// What another scanner than WeChat's shows of a changing code (WeChat: 扫普通链接二维码打开小程序): a page that says to use WeChat. WeChat itself opens the
/// mini program and never asks here. The page is the same for every code, so it tells nothing and needs no database.
/// </summary>
public static class OpenCode
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The routes: the page, and WeChat's verification files, each by its exact name both at the root and under the links' path.</summary>
    public static void Map(IEndpointRouteBuilder app, HostSettings settings)
    {
        app.MapGet(CodeText.Path + "{**code}", Page).AllowAnyone().WithMetadata(new WithoutDatabase()).ExcludeFromDescription();
        foreach (var (name, content) in settings.WeChatVerificationFiles)
            foreach (var path in (ReadOnlySpan<string>)["/", CodeText.Path])
                app.MapGet(path + name, () => TypedResults.Text(content, "text/plain", Encoding.ASCII)).AllowAnyone().WithMetadata(new WithoutDatabase()).ExcludeFromDescription();
    }

    private static ContentHttpResult Page(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        return TypedResults.Content(Html, "text/html", Encoding.UTF8);
    }

    private const string Html = """
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>请用微信扫码</title>
        <style>
        html { background: #fdf6ec; color: #3b1d12; font-family: -apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; line-height: 1.6; }
        body { margin: 0 auto; max-width: 26rem; padding: 3rem 1.5rem 2rem; box-sizing: border-box; }
        svg { display: block; margin: 0 auto 1.25rem; width: 5.5rem; height: 5.5rem; }
        h1 { margin: 0 0 .5rem; text-align: center; font-size: 2rem; line-height: 1.3; color: #a32a14; }
        .lead { margin: 0 0 1.75rem; text-align: center; font-size: 1.25rem; }
        ol { margin: 0; padding: 0; list-style: none; counter-reset: step; background: #fff; border-radius: 1rem; box-shadow: 0 .25rem 1rem rgb(120 50 20 / 10%); }
        li { counter-increment: step; display: flex; align-items: center; gap: 1rem; padding: 1.1rem 1.25rem; font-size: 1.25rem; }
        b { font-weight: inherit; white-space: nowrap; }
        li + li { border-top: 1px solid #f3e3d3; }
        li::before { content: counter(step); flex: none; width: 2.25rem; height: 2.25rem; border-radius: 50%; background: #a32a14; color: #fff; text-align: center; line-height: 2.25rem; font-weight: 600; }
        .note { margin: 1.75rem 0 0; text-align: center; text-wrap: balance; font-size: 1.125rem; color: #6b4434; }
        </style>
        </head>
        <body>
        <svg viewBox="0 0 64 64" role="img" aria-label="凤凰羽毛">
        <path d="M52 6C30 8 14 24 13 47c16-1 33-13 39-41z" fill="#d9482b"/>
        <path d="M52 6C40 16 25 30 13 47c16-1 33-13 39-41z" fill="#e8892f"/>
        <path d="M52 6C34 20 18 38 9 59" fill="none" stroke="#7a1d0e" stroke-width="2.5" stroke-linecap="round"/>
        <path d="M22 40l1-11M29 32l2-12M37 23l3-10M22 40l11-1M29 32l13-2M37 23l11-2" fill="none" stroke="#fdf6ec" stroke-width="1.6" stroke-linecap="round"/>
        </svg>
        <h1>请用微信扫码</h1>
        <p class="lead">这个码要用微信打开。</p>
        <ol>
        <li>打开微信</li>
        <li><span>点右上角<b>“＋”</b>，选<b>“扫一扫”</b></span></li>
        <li>再扫一次刚才的码</li>
        </ol>
        <p class="note">码会不断更换，请扫最新的。<br>遇到困难，请找现场负责人或社区工作人员。</p>
        </body>
        </html>
        """;
}
