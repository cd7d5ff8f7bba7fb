using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Volunteering.Records.Corrections;

/// <summary>Somebody says what is wrong with a record of theirs (or of whom they may act for), or that one is missing, and is told by when the answer comes.</summary>
public static class AskCorrection
{
    /// <summary>The question.</summary>
    /// <param name="Text">What is wrong, 2 to 300 characters.</param>
    /// <param name="RecordId">About which record; null for one that is missing.</param>
    /// <param name="MemberId">For whom it is asked, where that is somebody else and no record is named.</param>
    public sealed record Request(string Text, Guid? RecordId = null, Guid? MemberId = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A text.</summary>
        public Limits() => RuleFor(r => r.Text).NotEmpty().MinimumLength(2).MaximumLength(Correction.MaxTextLength).WithName("说明");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/record-corrections", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireSignedIn()
        .WithName("askCorrection").WithSummary("申请更正服务记录");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, IPeople people, RecordDeadlines deadlines, ICommunityCalendar calendar, Clock clock, IIds ids, IContentCheck content)
    {
        /// <summary>The question, or <see cref="UnknownRecord"/>, <see cref="CorrectionWaiting"/>, <see cref="TooManyCorrections"/>, or the content check's refusal.</summary>
        public async Task<Result<CorrectionItem>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<CorrectionItem>(requestId, cancel) is { } before)
                return before;
            // Only staff read it, and they must read it: what WeChat can't judge is theirs to judge.
            if ((await content.Text(caller.PersonId, ContentScene.Comment, [body.Text], cancel)).Error is { } risky)
                return risky;
            return await work.Once<CorrectionItem>(requestId, async () =>
            {
                await db.LockCommunity(cancel);
                if (!(await WhoseRecord(body, caller, cancel)).TryGet(out var person, out var unknown))
                    return unknown;
                var waiting = db.Set<Correction>().Where(c => c.State == CorrectionState.Asked);
                if (body.RecordId is { } record && await waiting.AnyAsync(c => c.RecordId == record, cancel))
                    return new CorrectionWaiting();
                if (await waiting.CountAsync(c => c.PersonId == person, cancel) >= Correction.MaxWaiting)
                    return new TooManyCorrections();
                var now = clock.Now;
                var correction = new Correction
                {
                    CommunityId = db.Scope.CommunityId,
                    Id = ids.New(),
                    RecordId = body.RecordId,
                    PersonId = person,
                    AskedBy = caller.PersonId,
                    AskedAt = now,
                    Text = body.Text.Trim(),
                    AnswerBy = await deadlines.OfAnswer(now, cancel),
                };
                db.Add(correction);
                return CorrectionItem.Of(correction, calendar.Time.DayOf(now));
            }, cancel);
        }

        private async Task<Result<Guid>> WhoseRecord(Request body, Caller caller, CancellationToken cancel)
        {
            var person = caller.PersonId;
            if (body.RecordId is { } record)
                person = await db.Set<ServiceRecord>().Where(r => r.RecordId == record).Select(r => r.PersonId).FirstOrDefaultAsync(cancel);
            else if (body.MemberId is { } member)
                person = (await people.OfMembers([member], cancel)).GetValueOrDefault(member)?.PersonId ?? Guid.Empty;
            return person != Guid.Empty && await people.MayActFor(caller.PersonId, person, FamilyRights.Notices, cancel) ? person : new UnknownRecord();
        }
    }
}
