using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>The end of a need: whom it helped scans the volunteer's code, or taps, and thanks; for somebody without a phone staff note that it is done.</summary>
public static class ThankForNeed
{
    /// <summary>Thanks.</summary>
    /// <param name="Text">Words for the volunteers, at most 100 characters; null for none.</param>
    public sealed record Request(string? Text = null);

    /// <summary>How staff know.</summary>
    /// <param name="Answer">What the person said, 2 to 200 characters.</param>
    public sealed record CompletionRequest(string Answer);

    /// <summary>The limits of thanks.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A sane length.</summary>
        public Limits() => RuleFor(r => r.Text).MaximumLength(Need.MaxThanksLength).WithName("感谢的话");
    }

    /// <summary>The limits of what staff note.</summary>
    public sealed class CompletionLimits : AbstractValidator<CompletionRequest>
    {
        /// <summary>It is there.</summary>
        public CompletionLimits() => RuleFor(r => r.Answer).NotEmpty().MinimumLength(2).MaximumLength(Need.MaxAnswerLength).WithName("说明");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/needs/{id:guid}/thanks", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Thank(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("thankForNeed").WithSummary("帮好了，说声谢谢");
        community.MapPost("/staff/needs/{id:guid}/completion", (Guid id, CompletionRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Complete(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("completeNeed").WithSummary("替没有手机的居民确认帮好了");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(
        PhoenixDb db, UnitOfWork work, NeedDesk desk, NeedShifts shifts, NeedNotices notices, NeedReader reader, StaffNeeds.Reader staffReader, IContentCheck content, IAuditLog audit, Clock clock)
    {
        /// <summary>The need as done, or <see cref="UnknownNeed"/>, <see cref="NeedStateWrong"/>, <see cref="NeedNotBegun"/>, <see cref="OwnNeedThanks"/>, or the content check's refusal.</summary>
        public async Task<Result<NeedView>> Thank(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<NeedView>(requestId, cancel) is { } before)
                return before;
            var (text, isShown) = (Text.OrNull(body.Text), true);
            if (text is not null)
            {
                if (!(await content.Text(caller.PersonId, ContentScene.Comment, [text], cancel)).TryGet(out var outcome, out var risky))
                    return risky;
                isShown = outcome == ContentOutcome.Pass;
            }

            return await work.Once<NeedView>(requestId, async () =>
            {
                if (!(await desk.LockForFamily(id, caller.PersonId, cancel)).TryGet(out var need, out var error))
                    return error;
                if (await End(need, caller.PersonId, cancel) is { } refusal)
                    return refusal;
                (need.Thanks, need.IsThanksShown) = (text, isShown);
                if (!isShown)
                    await content.KeepForReview(new TextReview(ReviewedNeedThanks.KindName, id, caller.PersonId, text!), cancel);
                await Tell(need, caller.PersonId, cancel);
                return await reader.Show(need, cancel);
            }, cancel);
        }

        /// <summary>The need as done, or <see cref="UnknownNeed"/>, <see cref="OwnNeed"/>, <see cref="NeedStateWrong"/>, <see cref="NeedNotBegun"/>, <see cref="OwnNeedThanks"/>.</summary>
        public Task<Result<StaffNeeds.Item>> Complete(Guid id, CompletionRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<StaffNeeds.Item>(requestId, async () =>
        {
            if (!(await desk.LockForStaff(id, caller.PersonId, cancel)).TryGet(out var need, out var error))
                return error;
            if (await End(need, caller.PersonId, cancel) is { } refusal)
                return refusal;
            need.Answer = body.Answer.Trim();
            await Tell(need, caller.PersonId, cancel);
            return await staffReader.Show(need, caller, cancel);
        }, cancel);

        private async Task<Error?> End(Need need, Guid by, CancellationToken cancel)
        {
            if (need.State != NeedState.Arranged)
                return new NeedStateWrong(NeedWords.Of(need.State));
            var now = clock.Now;
            if ((await shifts.Of(need, cancel))!.Value.Shift.StartsAt > now)
                return new NeedNotBegun();
            if (await NeedNotices.Volunteers(db, need.ShiftId!.Value).AnyAsync(s => s.PersonId == by, cancel))
                return new OwnNeedThanks();
            need.End(NeedState.Done, by, now);
            return null;
        }

        private async Task Tell(Need need, Guid by, CancellationToken cancel)
        {
            audit.Write("need.done", $"need:{need.Id:N}", need.HelpedId);
            await notices.Progress(need, by, null, null, cancel);
            await notices.Thanked(need, (await shifts.Of(need, cancel))!.Value.Activity, isLater: false, cancel);
        }
    }
}

/// <summary>Staff's decision about words of thanks that WeChat couldn't judge: the volunteers get them then.</summary>
internal sealed class ReviewedNeedThanks(PhoenixDb db, NeedNotices notices) : IReviewedContent
{
    public const string KindName = "need-thanks";

    public string Kind => KindName;

    public async Task Decided(ContentDecision decision, CancellationToken cancel)
    {
        if (!decision.MayBeShown || await db.Set<Need>().FirstOrDefaultAsync(n => n.Id == decision.Subject && n.Thanks != null && !n.IsThanksShown, cancel) is not { } need)
            return;
        need.IsThanksShown = true;
        var activity = await db.Set<Shift>().Where(s => s.Id == need.ShiftId).Join(db.Set<Activity>(), s => s.ActivityId, a => a.Id, (_, a) => a).SingleAsync(cancel);
        await notices.Thanked(need, activity, isLater: true, cancel);
    }
}
