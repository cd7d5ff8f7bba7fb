using FluentValidation;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;
using Phoenix.Platform.Results;
using Phoenix.WeChat;

namespace Phoenix.App.Volunteering.Summaries;

/// <summary>Who runs an activity writes its 小结 in own words, or goes back to the automatic text. It changes no figure, and nothing that is published.</summary>
public static class WriteSummary
{
    /// <summary>The words.</summary>
    /// <param name="Text">At most 4,000 characters; blank for the automatic text again.</param>
    /// <param name="Version">The version that was edited.</param>
    public sealed record Request(string? Text, int Version);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A length.</summary>
        public Limits() => RuleFor(r => r.Text).MaximumLength(ActivitySummary.MaxTextLength).WithName("小结");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPut("/activities/{id:guid}/summary", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker)
        .WithName("writeSummary").WithSummary("改写活动小结，或恢复自动小结");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, SummaryDesk desk, IContentCheck check)
    {
        /// <summary>
        /// The 小结, or <see cref="UnknownActivity"/>, <see cref="StaleEdit"/>, what <see cref="SummaryDesk.Gather"/> refuses, or the content check's refusal. Words that
        /// WeChat can't judge are kept: before anybody else reads them, publishing asks again.
        /// </summary>
        public async Task<Result<SummaryDraft>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<SummaryDraft>(requestId, cancel) is { } before)
                return before;
            var text = Text.OrNull(body.Text)?.ReplaceLineEndings("\n");
            if (!(await desk.Gather(id, caller, cancel)).TryGet(out _, out var refusal))
                return refusal;
            if (text is not null && !(await check.Text(caller.PersonId, ContentScene.Forum, [text], cancel)).TryGet(out _, out refusal))
                return refusal;
            return await work.Once<SummaryDraft>(requestId, async () =>
            {
                await db.LockCommunity(cancel);
                if (!(await desk.Gather(id, caller, cancel)).TryGet(out var matter, out var error))
                    return error;
                var kept = await desk.Kept(id, cancel);
                if ((kept?.Version ?? 0) != body.Version)
                    return new StaleEdit();
                if (kept is null)
                    db.Add(kept = new ActivitySummary { CommunityId = db.Scope.CommunityId, ActivityId = id });
                (kept.OwnText, kept.Version) = (text, kept.Version + 1);
                return desk.Show(matter, kept, caller);
            }, cancel);
        }
    }
}
