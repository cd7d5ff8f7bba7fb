using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.MiniProgram.Links;

/// <summary>Staff get a link that opens a page of the mini program, to be sent by text message or posted in a group.</summary>
public static class MakeLink
{
    /// <summary>Which page.</summary>
    /// <param name="Page">One of the list.</param>
    /// <param name="Subject">On what, for a page about something.</param>
    public sealed record Request(LinkPage Page, Guid? Subject = null);

    /// <summary>The link.</summary>
    /// <param name="Url">To be sent as it is.</param>
    /// <param name="ExpiresAt">Until when it works.</param>
    public sealed record Response(string Url, DateTimeOffset ExpiresAt);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A page about something says what; the others say nothing.</summary>
        public Limits()
        {
            RuleFor(r => r.Subject).NotEmpty().When(r => AppLink.NeedsSubject(r.Page)).WithName("对象");
            RuleFor(r => r.Subject).Null().When(r => !AppLink.NeedsSubject(r.Page)).WithName("对象");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/links", (Request body, RequestId requestId, Handler handler, CancellationToken cancel) =>
            handler.Run(body, requestId, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithName("makeLink").WithSummary("生成打开小程序的链接");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IWeChatGateway weChat, Clock clock)
    {
        /// <summary>A link with <see cref="AppLink.MinLeft"/> to go at least, or WeChat's refusal.</summary>
        public async Task<Result<Response>> Run(Request body, RequestId requestId, CancellationToken cancel)
        {
            var subject = body.Subject ?? Guid.Empty;
            if (await work.Before<Response>(requestId, cancel) is { } before)
                return before;
            var now = clock.Now;
            var link = await db.Set<AppLink>().AsNoTracking().Where(l => l.Page == body.Page && l.Subject == subject && l.ExpiresAt >= now + AppLink.MinLeft)
                .Select(l => new Response(l.Url, l.ExpiresAt)).FirstOrDefaultAsync(cancel);
            if (link is null)
            {
                // WeChat is asked outside the transaction; made twice is harmless.
                var expires = DateTimeOffset.FromUnixTimeSeconds((now + AppLink.Lifetime).ToUnixTimeSeconds());
                var query = string.Create(CultureInfo.InvariantCulture, $"community={db.Scope.CommunityId}{(body.Subject is { } id ? $"&id={id}" : "")}");
                if (!(await weChat.UrlLink(new LinkToMake(AppLink.PathOf(body.Page), query, expires), cancel)).TryGet(out var url, out var refusal))
                    return refusal;
                link = new Response(url.ToString(), expires);
            }

            return await work.Once<Response>(requestId, async () =>
            {
                if (await db.Set<AppLink>().FirstOrDefaultAsync(l => l.Page == body.Page && l.Subject == subject, cancel) is { } known)
                    (known.Url, known.ExpiresAt) = (link.Url, link.ExpiresAt);
                else
                    db.Add(new AppLink { CommunityId = db.Scope.CommunityId, Page = body.Page, Subject = subject, Url = link.Url, ExpiresAt = link.ExpiresAt });
                return link;
            }, cancel);
        }
    }
}
