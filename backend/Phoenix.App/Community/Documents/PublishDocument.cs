using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community.Documents;

/// <summary>Staff publish the next version of a document; earlier versions stay as they are.</summary>
public static class PublishDocument
{
    /// <summary>The new version.</summary>
    /// <param name="Kind">Which document.</param>
    /// <param name="Version">The number it will have: one more than the latest, so that two who edit at once don't bury each other's text.</param>
    /// <param name="Title">As people see it; 1 to 60 characters.</param>
    /// <param name="Body">The text; 1 to 15,000 characters.</param>
    /// <param name="MustAccept">Whether everybody must accept it before going on.</param>
    public sealed record Request(DocumentKind Kind, int Version, string Title, string Body, bool MustAccept);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A known kind, a number from 1, a title and a text.</summary>
        public Limits()
        {
            RuleFor(r => r.Kind).IsInEnum().WithName("文件种类");
            RuleFor(r => r.Version).GreaterThanOrEqualTo(1).WithName("版本号");
            RuleFor(r => r.Title).NotEmpty().MaximumLength(RuleDocument.MaxTitleLength).WithName("标题");
            RuleFor(r => r.Body).NotEmpty().MaximumLength(RuleDocument.MaxBodyLength).WithName("正文");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/documents", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("publishDocument").WithSummary("发布新版本的规则文件");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>The version as published, or <see cref="DocumentVersionTaken"/>.</summary>
        public Task<Result<DocumentHead>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) =>
            work.Once<DocumentHead>(requestId, async () =>
            {
                var latest = await db.Set<RuleDocument>().Where(d => d.Kind == body.Kind).MaxAsync(d => (int?)d.Version, cancel) ?? 0;
                if (body.Version != latest + 1)
                    return new DocumentVersionTaken();
                var document = new RuleDocument
                {
                    CommunityId = db.Scope.CommunityId,
                    Id = ids.New(),
                    Kind = body.Kind,
                    Version = body.Version,
                    Title = body.Title,
                    Body = body.Body,
                    MustAccept = body.MustAccept,
                    PublishedBy = caller.PersonId,
                    PublishedAt = clock.Now,
                };
                db.Add(document);
                audit.Write("document.published", $"document:{document.Kind}:{document.Version}");
                return new DocumentHead(document.Id, document.Kind, document.Version, document.Title, document.MustAccept, document.PublishedAt);
            }, cancel);
    }
}
