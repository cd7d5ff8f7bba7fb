using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Guardians;

/// <summary>From 14 on the child consents as well: on its own phone, or, without one, before a member of staff who isn't its guardian. It may withdraw too.</summary>
public static class ConsentForMyself
{
    /// <summary>What was read.</summary>
    /// <param name="DocumentId">The privacy notice in force.</param>
    public sealed record Request(Guid DocumentId);

    /// <summary>What a member of staff heard.</summary>
    /// <param name="DocumentId">The privacy notice in force.</param>
    /// <param name="Reason">How the child said it, for the log: 2 to 200 characters.</param>
    public sealed record WitnessRequest(Guid DocumentId, string Reason);

    /// <summary>Whose consent is missing now.</summary>
    /// <param name="Consent">The state.</param>
    public sealed record Response(ConsentState Consent);

    /// <summary>Whether the caller is a minor, and whose consent is missing.</summary>
    /// <param name="IsMinor">Whether the caller is known to be under 18.</param>
    /// <param name="Consent">The state; valid for an adult.</param>
    public sealed record StateResponse(bool IsMinor, ConsentState Consent);

    /// <summary>The limits of a witness's request.</summary>
    public sealed class WitnessLimits : AbstractValidator<WitnessRequest>
    {
        /// <summary>A reason is there.</summary>
        public WitnessLimits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("说明");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/consent", (Caller caller, Handler handler, CancellationToken cancel) => handler.State(caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("getMyConsent").WithSummary("未成年人：还缺谁的同意");
        community.MapPost("/consent", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Own(body, false, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("consentForMyself").WithSummary("满 14 周岁本人同意");
        community.MapPost("/consent/withdrawal", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Own(body, true, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("withdrawMyConsent").WithSummary("本人撤回同意");
        community.MapPost("/members/{id:guid}/own-consent", (Guid id, WitnessRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Witnessed(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker)
            .WithName("witnessOwnConsent").WithSummary("见证本人同意");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, GuardianBook book, IAuditLog audit)
    {
        /// <summary>How the caller stands, or <see cref="NotMember"/>.</summary>
        public async Task<Result<StateResponse>> State(Caller caller, CancellationToken cancel)
        {
            if (await db.Set<Member>().AsNoTracking().FirstOrDefaultAsync(m => m.PersonId == caller.PersonId && m.LeftAt == null, cancel) is not { } member)
                return new NotMember();
            return await book.Find(member, cancel) is { } minor ? new StateResponse(true, await book.StateOf(minor, cancel)) : new StateResponse(false, ConsentState.Valid);
        }

        /// <summary>The state now, or <see cref="NotMember"/>, <see cref="OwnConsentNotNeeded"/>, <see cref="NoticeNotCurrent"/>.</summary>
        public Task<Result<Response>> Own(Request body, bool withdraws, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await db.Set<Member>().FirstOrDefaultAsync(m => m.PersonId == caller.PersonId && m.LeftAt == null, cancel) is not { } member)
                return new NotMember();
            if (await book.Find(member, cancel) is not { Age: >= Ages.OwnConsent } minor)
                return new OwnConsentNotNeeded();
            if (await book.CheckNotice(body.DocumentId, cancel) is { } old)
                return old;
            if (withdraws)
                await book.Withdraw(minor, minor.Id, body.DocumentId, cancel);
            else
                book.Consent(minor.Id, minor.Birth, minor.Id, body.DocumentId, null);
            audit.Write(withdraws ? "minor.consent_withdrawn" : "minor.consent_given", $"member:{member.Id:N}", minor.Id);
            await db.SaveChangesAsync(cancel);
            return new Response(await book.StateOf(minor, cancel));
        }, cancel);

        /// <summary>The state now, or <see cref="UnknownMember"/>, <see cref="OwnConsentNotNeeded"/>, <see cref="NoticeNotCurrent"/>, <see cref="WitnessIsParty"/>.</summary>
        public Task<Result<Response>> Witnessed(Guid memberId, WitnessRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await db.Set<Member>().FirstOrDefaultAsync(m => m.Id == memberId && m.LeftAt == null, cancel) is not { } member)
                return new UnknownMember();
            if (await book.Find(member, cancel) is not { Age: >= Ages.OwnConsent } minor)
                return new OwnConsentNotNeeded();
            if (minor.Id == caller.PersonId || minor.IsGuardedBy(caller.PersonId))
                return new WitnessIsParty();
            if (await book.CheckNotice(body.DocumentId, cancel) is { } old)
                return old;
            book.Consent(minor.Id, minor.Birth, minor.Id, body.DocumentId, caller.PersonId);
            audit.Write("minor.consent_witnessed", $"member:{memberId:N}", minor.Id, body.Reason);
            await db.SaveChangesAsync(cancel);
            return new Response(await book.StateOf(minor, cancel));
        }, cancel);
    }
}
