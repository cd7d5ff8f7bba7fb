using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Volunteering.Verifying.Appeals;

/// <summary>Who was noted as 没来, or who signs up for them, says why that isn't right, and reads what became of it.</summary>
public static class AppealNoShow
{
    /// <summary>The appeal.</summary>
    /// <param name="Text">2 to 300 characters.</param>
    public sealed record Request(string Text);

    /// <summary>An appeal as its writer sees it.</summary>
    /// <param name="SignupId">The sign-up.</param>
    /// <param name="Text">What was said.</param>
    /// <param name="AskedAt">When.</param>
    /// <param name="IsAccepted">Whether it was right; null while it waits.</param>
    /// <param name="Answer">The answer.</param>
    public sealed record Response(Guid SignupId, string Text, DateTimeOffset AskedAt, bool? IsAccepted, string? Answer);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A text.</summary>
        public Limits() => RuleFor(r => r.Text).NotEmpty().Length(2, NoShowAppeal.MaxTextLength).WithName("说明");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/signups/{id:guid}/appeal", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("appealNoShow").WithSummary("没来的申诉");
        community.MapGet("/signups/{id:guid}/appeal", (Guid id, Caller caller, Handler handler, CancellationToken cancel) => handler.Read(id, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("getNoShowAppeal").WithSummary("申诉的答复");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IPeople people, IContentCheck content, Clock clock)
    {
        /// <summary>The appeal, or <see cref="UnknownSignup"/>, <see cref="NotANoShow"/>, <see cref="AppealedAlready"/>, <see cref="AppealTooLate"/>, or the content check's refusal.</summary>
        public async Task<Result<Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<Response>(requestId, cancel) is { } before)
                return before;
            // Only staff read it, and they must: what WeChat can't judge is theirs to judge.
            if ((await content.Text(caller.PersonId, ContentScene.Comment, [body.Text], cancel)).Error is { } risky)
                return risky;
            return await work.Once<Response>(requestId, async () =>
            {
                if (await db.Set<Signup>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } known || !await IsTheirs(known.PersonId, caller, cancel))
                    return new UnknownSignup();
                await db.LockShift(known.ShiftId, cancel);
                var signup = await db.Set<Signup>().SingleAsync(s => s.Id == id, cancel);
                if (await db.Set<NoShowAppeal>().AnyAsync(a => a.SignupId == id, cancel))
                    return new AppealedAlready();
                if (signup.State != SignupState.NoShow)
                    return new NotANoShow();
                if (signup.ChangedAt + NoShowAppeal.Within <= clock.Now)
                    return new AppealTooLate();
                var appeal = new NoShowAppeal { CommunityId = signup.CommunityId, SignupId = id, PersonId = signup.PersonId, AskedBy = caller.PersonId, AskedAt = clock.Now, Text = body.Text.Trim() };
                db.Add(appeal);
                return Show(appeal);
            }, cancel);
        }

        /// <summary>The appeal, or <see cref="UnknownAppeal"/>.</summary>
        public async Task<Result<Response>> Read(Guid id, Caller caller, CancellationToken cancel) =>
            await db.Set<NoShowAppeal>().AsNoTracking().FirstOrDefaultAsync(a => a.SignupId == id, cancel) is { } appeal && await IsTheirs(appeal.PersonId, caller, cancel)
                ? Show(appeal)
                : new UnknownAppeal();

        private Task<bool> IsTheirs(Guid person, Caller caller, CancellationToken cancel) => people.MayActFor(caller.PersonId, person, FamilyRights.SignUp, cancel);

        private static Response Show(NoShowAppeal a) => new(a.SignupId, a.Text, a.AskedAt, a.IsAccepted, a.Answer);
    }
}
