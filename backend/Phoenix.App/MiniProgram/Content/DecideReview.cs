using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.MiniProgram.Content;

/// <summary>Staff or a social worker decide whether a text or picture may be shown; a refusal says why, for its author.</summary>
public static class DecideReview
{
    /// <summary>The decision.</summary>
    /// <param name="MayBeShown">Whether it may be shown.</param>
    /// <param name="Reason">Needed for a refusal, 2 to 200 characters; its author reads it.</param>
    public sealed record Request(bool MayBeShown, string? Reason = null);

    /// <summary>What was decided.</summary>
    /// <param name="Id">The review.</param>
    /// <param name="MayBeShown">Whether it may be shown.</param>
    public sealed record Response(Guid Id, bool MayBeShown);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A refusal says why.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().MinimumLength(2).When(r => !r.MayBeShown).MaximumLength(ContentReview.MaxReasonLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/content-reviews/{id:guid}/decision", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithName("decideContentReview").WithSummary("审核内容");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, ReviewBook book, IAuditLog audit)
    {
        /// <summary>The decision, or <see cref="ReviewUnknown"/>, <see cref="ReviewDecided"/>, <see cref="OwnContent"/>.</summary>
        public Task<Result<Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await db.Set<ContentReview>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.State != ReviewState.Checking, cancel) is not { } review)
                return new ReviewUnknown();
            if (review.AuthorId == caller.PersonId)
                return new OwnContent();
            if (!await book.End(review, ReviewState.Waiting, body.MayBeShown, caller.PersonId, body.MayBeShown ? null : body.Reason, cancel))
                return new ReviewDecided();
            audit.Write(body.MayBeShown ? "content.passed" : "content.refused", $"content_review:{id:N}", review.AuthorId, body.Reason);
            return new Response(id, body.MayBeShown);
        }, cancel);
    }
}
