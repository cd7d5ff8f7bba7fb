using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Verifying.Watch;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying.Appeals;

/// <summary>Staff answer appeals against 没来: one that is right becomes 请假, and a limit that came of it is lifted.</summary>
public static class AnswerAppeal
{
    /// <summary>The answer.</summary>
    /// <param name="Accept">Whether the appeal is right.</param>
    /// <param name="Answer">In words, 2 to 200 characters; the person reads it.</param>
    public sealed record Request(bool Accept, string Answer);

    /// <summary>An appeal as staff see it.</summary>
    /// <param name="SignupId">The sign-up.</param>
    /// <param name="MemberId">Whose.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="Activity">The activity.</param>
    /// <param name="StartsAt">The shift's first instant.</param>
    /// <param name="Text">What they say.</param>
    /// <param name="AskedAt">When.</param>
    /// <param name="IsAccepted">Whether it was right; null while it waits.</param>
    /// <param name="Answer">The answer.</param>
    public sealed record Item(Guid SignupId, Guid MemberId, string Name, string Activity, DateTimeOffset StartsAt, string Text, DateTimeOffset AskedAt, bool? IsAccepted, string? Answer);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>An answer.</summary>
        public Limits() => RuleFor(r => r.Answer).NotEmpty().Length(2, NoShowAppeal.MaxAnswerLength).WithName("答复");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/staff/no-show-appeals", List).RequireRole(Role.Staff, Role.SocialWorker).WithName("listNoShowAppeals").WithSummary("待答复的没来申诉");
        community.MapPost("/staff/no-show-appeals/{id:guid}/answer", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("answerNoShowAppeal").WithSummary("答复没来申诉");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, Caller caller, PhoenixDb db, IPeople people, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var after = at.After ?? Guid.Empty;
        var rows = await db.Set<NoShowAppeal>().AsNoTracking().Where(a => a.AnsweredAt == null && a.SignupId.CompareTo(after) > 0).OrderBy(a => a.SignupId).Take(at.Limit + 1).ToListAsync(cancel);
        var persons = rows.ConvertAll(r => r.PersonId);
        if (await people.LogLooks(caller.PersonId, persons, "no-show-appeals", cancel) > 0)
            await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(Page.Of(await Show(db, people, rows, cancel), at.Limit, i => i.SignupId));
    }

    private static async Task<List<Item>> Show(PhoenixDb db, IPeople people, List<NoShowAppeal> rows, CancellationToken cancel)
    {
        var (ids, heads) = (rows.ConvertAll(r => r.SignupId), await people.OfPersons(rows.ConvertAll(r => r.PersonId), cancel));
        var about = await db.Set<Signup>().AsNoTracking().Where(s => ids.Contains(s.Id))
            .Join(db.Set<Activity>(), s => s.ActivityId, a => a.Id, (s, a) => new { s.Id, s.MemberId, s.StartsAt, a.Title }).ToDictionaryAsync(s => s.Id, cancel);
        return rows.ConvertAll(r => new Item(
            r.SignupId, about[r.SignupId].MemberId, heads.GetValueOrDefault(r.PersonId)?.Name ?? "", about[r.SignupId].Title, about[r.SignupId].StartsAt, r.Text, r.AskedAt, r.IsAccepted, r.Answer));
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, VerifyRights rights, NoShowLimits limits, IPeople people, INotifications notifications, Clock clock)
    {
        /// <summary>The appeal as answered, or <see cref="UnknownAppeal"/>, <see cref="AppealAnswered"/>, <see cref="OwnAppeal"/>.</summary>
        public Task<Result<Item>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<NoShowAppeal>().FirstOrDefaultAsync(a => a.SignupId == id, cancel) is not { } appeal)
                return new UnknownAppeal();
            if (appeal.AnsweredAt is not null)
                return new AppealAnswered();
            if (appeal.AskedBy == caller.PersonId || (await rights.Own(caller.PersonId, cancel)).Contains(appeal.PersonId))
                return new OwnAppeal();
            var (now, answer) = (clock.Now, body.Answer.Trim());
            (appeal.IsAccepted, appeal.Answer, appeal.AnsweredBy, appeal.AnsweredAt) = (body.Accept, answer, caller.PersonId, now);
            if (body.Accept)
                await Excuse(id, now, answer, cancel);
            var readers = (await people.NoticesGoTo(appeal.PersonId, cancel)).Append(appeal.AskedBy).Distinct();
            await notifications.TellAll(
                [.. readers.Select(r => new Notice(r, $"appeal-answered:{id:N}", new CorrectionAnswered("没来的申诉", body.Accept, answer, now), $"pages/signups/signups?id={id}"))], cancel);
            return (await Show(db, people, [appeal], cancel))[0];
        }, cancel);

        private async Task Excuse(Guid id, DateTimeOffset now, string answer, CancellationToken cancel)
        {
            var shiftId = await db.Set<Signup>().Where(s => s.Id == id).Select(s => s.ShiftId).SingleAsync(cancel);
            await db.LockShift(shiftId, cancel);
            var signup = await db.Set<Signup>().SingleAsync(s => s.Id == id, cancel);
            if (signup.State != SignupState.NoShow)
                return;
            var notedAt = signup.ChangedAt;
            signup.Become(SignupState.Excused, now, answer);
            await db.SaveChangesAsync(cancel);
            await limits.Lift(signup.PersonId, notedAt, now, answer, cancel);
        }
    }
}
