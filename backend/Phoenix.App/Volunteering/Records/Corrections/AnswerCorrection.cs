using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records.Corrections;

/// <summary>
/// Staff answer: the record is corrected (a new version, its coins beside it, in one transaction), or it stays and the answer says why. Who asked, or whose
/// record it is, doesn't answer.
/// </summary>
public static class AnswerCorrection
{
    /// <summary>The answer.</summary>
    /// <param name="Correct">Whether the record is corrected.</param>
    /// <param name="Answer">In words, 2 to 200 characters; the person reads it.</param>
    /// <param name="Changes">What changes; needed where a record is corrected.</param>
    public sealed record Request(bool Correct, string Answer, RecordChanges? Changes = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>An answer, and texts that fit a record.</summary>
        public Limits()
        {
            RuleFor(r => r.Answer).NotEmpty().MinimumLength(2).MaximumLength(Correction.MaxAnswerLength).WithName("答复");
            RuleFor(r => r.Changes!.ActivityName).Must(IsText).MaximumLength(ServiceRecord.MaxNameLength).When(r => r.Changes is not null).WithName("活动名称");
            RuleFor(r => r.Changes!.Place).Must(IsText).MaximumLength(ServiceRecord.MaxPlaceLength).When(r => r.Changes is not null).WithName("地点");
            RuleFor(r => r.Changes!.Content).Must(IsText).MaximumLength(ServiceRecord.MaxContentLength).When(r => r.Changes is not null).WithName("内容");
            RuleFor(r => r.Changes!.PersonInCharge).Must(IsText).MaximumLength(ServiceRecord.MaxNameLength).When(r => r.Changes is not null).WithName("负责人");
        }

        private static bool IsText(string? text) => text is null || !string.IsNullOrWhiteSpace(text);
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/record-corrections/{id:guid}/answer", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithName("answerCorrection").WithSummary("答复更正申请");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, RecordEditor editor, IPeople people, INotifications notifications, ICommunityCalendar calendar, Clock clock)
    {
        /// <summary>
        /// The question as answered, or <see cref="UnknownCorrection"/>, <see cref="CorrectionEnded"/>, <see cref="OwnCorrection"/>, <see cref="NothingToCorrect"/>,
        /// <see cref="NoRecordToCorrect"/>, or what <see cref="RecordEditor"/> refuses.
        /// </summary>
        public Task<Result<CorrectionItem>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<CorrectionItem>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Correction>().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } found)
                return new UnknownCorrection();
            if (found.State != CorrectionState.Asked)
                return new CorrectionEnded();
            if (found.AskedBy == caller.PersonId || found.PersonId == caller.PersonId)
                return new OwnCorrection();
            var answer = body.Answer.Trim();
            (found.State, found.AnsweredBy, found.EndedAt, found.Answer) = (body.Correct ? CorrectionState.Corrected : CorrectionState.Refused, caller.PersonId, clock.Now, answer);
            await Tell(found, cancel);
            if (body.Correct && await Correct(found, body.Changes, answer, caller.PersonId, cancel) is { } refusal)
                return refusal;
            return CorrectionItem.Of(found, calendar.Time.DayOf(clock.Now));
        }, cancel);

        private async Task Tell(Correction found, CancellationToken cancel)
        {
            var facts = new CorrectionAnswered("服务记录更正", found.State == CorrectionState.Corrected, found.Answer!, clock.Now);
            var page = found.RecordId is { } record ? $"packages/volunteer/record/record?id={record}" : "packages/volunteer/corrections/corrections";
            var readers = (await people.NoticesGoTo(found.PersonId, cancel)).Append(found.AskedBy).Distinct();
            await notifications.TellAll([.. readers.Select(r => new Notice(r, $"correction-answered:{found.Id:N}", facts, page))], cancel);
        }

        private async Task<Error?> Correct(Correction found, RecordChanges? changes, string answer, Guid actor, CancellationToken cancel)
        {
            if (found.RecordId is not { } record)
                return changes is null || changes.IsEmpty ? null : new NoRecordToCorrect();
            if (changes is null || changes.IsEmpty)
                return new NothingToCorrect();
            if (!(await editor.Find(record, actor, cancel)).TryGet(out var version, out var error))
                return error;
            var next = await editor.Next(version, changes, actor, cancel);
            found.VersionId = next.Id;
            return await editor.Replace(version, next, answer, cancel);
        }
    }
}
