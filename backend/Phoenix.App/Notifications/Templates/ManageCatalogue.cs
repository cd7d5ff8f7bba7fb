using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Notifications.Consents;
using Phoenix.Platform.Results;

namespace Phoenix.App.Notifications.Templates;

/// <summary>Staff see which kind of message goes through which WeChat template, and choose another for a kind.</summary>
public static class ManageCatalogue
{
    /// <summary>A choice.</summary>
    /// <param name="Kind">The kind.</param>
    /// <param name="TemplateId">priTmplId of a template of the account; null: the one found by title again.</param>
    /// <param name="Reason">Why, for the log; 2 to 200 characters.</param>
    public sealed record Request(NoticeKind Kind, string? TemplateId, string Reason);

    /// <summary>The catalogue.</summary>
    /// <param name="Kinds">Every kind.</param>
    /// <param name="Templates">The account's templates, to choose from.</param>
    public sealed record Response(IReadOnlyList<Item> Kinds, IReadOnlyList<Template> Templates);

    /// <summary>A kind of message.</summary>
    /// <param name="Kind">The kind.</param>
    /// <param name="Group">Its group.</param>
    /// <param name="Title">The template's title in WeChat's library; null: meant for the inbox only.</param>
    /// <param name="Keywords">The keywords that the product can fill.</param>
    /// <param name="TemplateId">The template in use; null: to the inbox only.</param>
    /// <param name="IsChosen">Whether staff chose it.</param>
    /// <param name="Fault">Why no template is in use, where one is meant.</param>
    public sealed record Item(NoticeKind Kind, NoticeGroup Group, string? Title, IReadOnlyList<string> Keywords, string? TemplateId, bool IsChosen, string? Fault);

    /// <summary>A template of the account.</summary>
    /// <param name="TemplateId">priTmplId.</param>
    /// <param name="Title">The title.</param>
    /// <param name="Keywords">The keywords.</param>
    /// <param name="ListedAt">When WeChat last listed it.</param>
    public sealed record Template(string TemplateId, string Title, IReadOnlyList<string> Keywords, DateTimeOffset ListedAt);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A choice has its reason.</summary>
        public Limits()
        {
            RuleFor(r => r.TemplateId).MinimumLength(1).MaximumLength(MessageConsent.MaxTemplateIdLength).WithName("模板");
            RuleFor(r => r.Reason).NotEmpty().Length(2, 200).WithName("原因");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/messages/catalogue", async (Handler handler, CancellationToken cancel) => TypedResults.Ok(await handler.Show(cancel)))
            .RequireRole(Role.Staff).WithName("getMessageCatalogue").WithSummary("消息与模板");
        community.MapPut("/messages/catalogue", (Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Choose(body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff).WithName("chooseMessageTemplate").WithSummary("为一类消息选模板");
        community.MapPost("/messages/catalogue/check", (RequestId requestId, Handler handler, CancellationToken cancel) => handler.Check(requestId, cancel).ToHttp())
            .RequireRole(Role.Staff).WithMetadata(new RateLimit(RateLimits.Uploads))
            .WithName("checkMessageTemplates").WithSummary("重新检查模板");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, TemplateBook book, CheckTemplates check, IAuditLog audit)
    {
        /// <summary>The catalogue as it stands.</summary>
        public async Task<Response> Show(CancellationToken cancel)
        {
            var states = (await book.States([.. Catalogue.All.Select(e => e.Kind)], cancel)).ToDictionary(s => s.Kind);
            var templates = await db.Set<AccountTemplate>().AsNoTracking().OrderBy(t => t.Title).ThenBy(t => t.TemplateId).ToListAsync(cancel);
            return new Response(
                [.. Catalogue.All.Select(e => new Item(e.Kind, e.Group, e.Template, [.. e.Keywords.Select(k => k.Label)], states[e.Kind].Binding?.TemplateId, states[e.Kind].IsChosen, states[e.Kind].Fault))],
                templates.ConvertAll(t => new Template(t.TemplateId, t.Title, [.. t.Keywords().Select(f => f.Label)], t.ListedAt)));
        }

        /// <summary>The catalogue with the choice, or <see cref="NoTemplateForKind"/>, <see cref="UnknownTemplate"/>, <see cref="TemplateDoesNotFit"/>.</summary>
        public Task<Result<Response>> Choose(Request body, RequestId requestId, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var entry = Catalogue.Of(body.Kind);
            if (entry.Template is null)
                return new NoTemplateForKind();
            var choice = await db.Set<TemplateChoice>().FirstOrDefaultAsync(c => c.Kind == body.Kind, cancel);
            if (body.TemplateId is null)
            {
                if (choice is not null)
                    db.Remove(choice);
            }
            else
            {
                if (await db.Set<AccountTemplate>().AsNoTracking().FirstOrDefaultAsync(t => t.TemplateId == body.TemplateId, cancel) is not { } template)
                    return new UnknownTemplate();
                if (TemplateBook.FaultOf(entry, template) is { } fault)
                    return new TemplateDoesNotFit(fault);
                if (choice is null)
                    db.Add(new TemplateChoice { CommunityId = db.Scope.CommunityId, Kind = body.Kind, TemplateId = body.TemplateId });
                else
                    choice.TemplateId = body.TemplateId;
            }

            audit.Write("messages.template_chosen", $"message:{body.Kind}", reason: body.Reason);
            await db.SaveChangesAsync(cancel);
            return await Show(cancel);
        }, cancel);

        /// <summary>The catalogue after listing the account's templates anew, or what WeChat refused.</summary>
        public async Task<Result<Response>> Check(RequestId requestId, CancellationToken cancel)
        {
            // WeChat is asked outside any transaction; a retry is answered without asking again.
            if (await work.Before<Response>(requestId, cancel) is { } before)
                return before;
            if (await check.Check(cancel) is { } refused)
                return refused;
            return await work.Once<Response>(requestId, async () => await Show(cancel), cancel);
        }
    }
}
