using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Volunteering.Summaries;

/// <summary>
/// Staff show a 小结 to every member, as it stands at that moment, and take it back. Later figures or words change nothing that is public before somebody publishes
/// again. The leaders' lines are in the automatic text too, so that it is checked as well.
/// </summary>
public static class PublishSummary
{
    /// <summary>What is published or taken back.</summary>
    /// <param name="Version">The version that was looked at.</param>
    public sealed record Request(int Version);

    /// <summary>What was taken back.</summary>
    /// <param name="ActivityId">The activity.</param>
    /// <param name="Version">Of the last edit.</param>
    public sealed record WithdrawalResponse(Guid ActivityId, int Version);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/activities/{id:guid}/summary/publication", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Publish(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("publishSummary").WithSummary("公开活动小结");
        community.MapPost("/activities/{id:guid}/summary/withdrawal", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Withdraw(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("withdrawSummary").WithSummary("撤回公开的活动小结");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, SummaryDesk desk, IContentCheck check, IAuditLog audit, Clock clock)
    {
        /// <summary>The 小结, or <see cref="UnknownActivity"/>, <see cref="StaleEdit"/>, what <see cref="SummaryDesk.Gather"/> refuses, or the content check's refusal.</summary>
        public async Task<Result<SummaryDraft>> Publish(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<SummaryDraft>(requestId, cancel) is { } before)
                return before;
            if (!(await desk.Gather(id, caller, cancel)).TryGet(out var seen, out var refusal))
                return refusal;
            // What is judged is what is published, even if a figure changes in between.
            var text = desk.TextOf(seen, await desk.Kept(id, cancel));
            if (!(await check.Text(caller.PersonId, ContentScene.Forum, [text], cancel)).TryGet(out var outcome, out refusal))
                return refusal;
            return await work.Once<SummaryDraft>(requestId, async () =>
            {
                await db.LockCommunity(cancel);
                if (!(await desk.Gather(id, caller, cancel)).TryGet(out var matter, out var error))
                    return error;
                var kept = await desk.Kept(id, cancel);
                if ((kept?.Version ?? 0) != body.Version || (kept?.OwnText is { } own && own != text))
                    return new StaleEdit();
                if (kept is null)
                    db.Add(kept = new ActivitySummary { CommunityId = db.Scope.CommunityId, ActivityId = id });
                var isHeld = outcome == ContentOutcome.Review;
                kept.Publish(text, clock.Now, isHeld);
                kept.Version++;
                if (isHeld)
                    await check.KeepForReview(new TextReview(ReviewedSummary.KindName, id, caller.PersonId, text), cancel);
                audit.Write("summary.published", $"activity:{id:N}");
                return desk.Show(matter, kept, caller);
            }, cancel);
        }

        /// <summary>What was taken back, whatever became of the activity since; or <see cref="UnknownActivity"/>, <see cref="StaleEdit"/>, <see cref="SummaryNotPublished"/>.</summary>
        public Task<Result<WithdrawalResponse>> Withdraw(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<WithdrawalResponse>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await desk.Find(id, caller, cancel)).TryGet(out _, out var error))
                return error;
            var kept = await desk.Kept(id, cancel);
            if (kept?.PublishedText is null)
                return new SummaryNotPublished();
            if (kept.Version != body.Version)
                return new StaleEdit();
            kept.Withdraw();
            kept.Version++;
            audit.Write("summary.withdrawn", $"activity:{id:N}");
            return new WithdrawalResponse(id, kept.Version);
        }, cancel);
    }
}

/// <summary>A person's decision about a text that WeChat couldn't judge: everybody reads it then, or it is no longer published.</summary>
internal sealed class ReviewedSummary(PhoenixDb db) : IReviewedContent
{
    public const string KindName = "summary";

    public string Kind => KindName;

    public async Task Decided(ContentDecision decision, CancellationToken cancel)
    {
        // Only a held text can be meant: one that passed since stands, whatever is said of the one before it.
        if (await db.Set<ActivitySummary>().FirstOrDefaultAsync(s => s.ActivityId == decision.Subject && s.IsHeld, cancel) is not { } kept)
            return;
        if (decision.MayBeShown)
            kept.Release();
        else
            kept.Withdraw();
        kept.Version++;
    }
}
