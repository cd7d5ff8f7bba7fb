using FluentValidation;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Community.Documents;

/// <summary>A member accepts the new versions that wait for it.</summary>
public static class AcceptDocuments
{
    /// <summary>What was read and accepted.</summary>
    /// <param name="DocumentIds">Versions in force; 1 to 10.</param>
    public sealed record Request(IReadOnlyList<Guid> DocumentIds);

    /// <summary>What still waits.</summary>
    /// <param name="Outstanding">Empty when nothing does.</param>
    public sealed record Response(IReadOnlyList<DocumentHead> Outstanding);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>At least one, not more than there can be.</summary>
        public Limits() => RuleFor(r => r.DocumentIds).Must(d => d is { Count: >= 1 and <= 10 }).WithMessage("请选择要同意的文件。");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/documents/accept", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Member)
        .WithName("acceptDocuments").WithSummary("同意新版本的规则文件");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, DocumentConsents consents)
    {
        /// <summary>What still waits, or <see cref="DocumentsNotCurrent"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) =>
            work.Once<Response>(requestId, async () =>
            {
                var current = (await consents.Current(cancel)).Select(d => d.Id).ToHashSet();
                if (!current.IsSupersetOf(body.DocumentIds))
                    return new DocumentsNotCurrent();
                await consents.Add(caller.PersonId, body.DocumentIds, cancel);
                await db.SaveChangesAsync(cancel);
                return new Response(await consents.Outstanding(caller.PersonId, cancel));
            }, cancel);
    }
}
