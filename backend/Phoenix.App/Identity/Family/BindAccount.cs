using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Phones;
using Phoenix.App.Identity.Sessions;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Family;

/// <summary>
/// A member without WeChat (a child, an elder) gets one: a guardian or staff make a code, the new phone signs in and types it. The phone's own person, new
/// and without any membership, is given up for the member's; the phone signs in once more.
/// </summary>
public static class BindAccount
{
    /// <summary>The code.</summary>
    /// <param name="Code">As shown by the guardian or staff.</param>
    public sealed record Request(string Code);

    /// <summary>Why staff make a code.</summary>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record StaffRequest(string Reason);

    /// <summary>Who the phone is from now on.</summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="Name">What the neighbours call them.</param>
    public sealed record Response(Guid MemberId, string Name);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A code.</summary>
        public Limits() => RuleFor(r => r.Code).NotEmpty().MaximumLength(20).WithName("绑定码");
    }

    /// <summary>The limits of a request by staff.</summary>
    public sealed class StaffLimits : AbstractValidator<StaffRequest>
    {
        /// <summary>A reason is there.</summary>
        public StaffLimits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/children/{id:guid}/account-code", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.CodeByGuardian(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("makeChildAccountCode").WithSummary("给孩子绑定微信");
        community.MapPost("/members/{id:guid}/account-code", (Guid id, StaffRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.CodeByStaff(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("makeAccountCode").WithSummary("给居民绑定微信");
        community.MapPost("/account-binding", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Bind(body, requestId, caller, cancel).ToHttp())
            .RequireSignedIn().WithMetadata(new RateLimit(RateLimits.CodeGuesses), new AnswersAfterSignOut())
            .WithName("bindAccount").WithSummary("绑定到已有的居民");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, GuardianBook guardians, FamilyCodes codes, SessionBook sessions, ICallers callers, KeyRing keys, IAuditLog audit, Clock clock)
    {
        /// <summary>A code for the child, or <see cref="UnknownChild"/>, <see cref="HasWeChat"/>.</summary>
        public async Task<Result<FamilyCodeShown>> CodeByGuardian(Guid memberId, RequestId requestId, Caller caller, CancellationToken cancel) => (await work.Once<SealedFamilyCode>(requestId, async () =>
            (await guardians.ChildOf(caller.PersonId, memberId, cancel)).TryGet(out var minor, out var unknown) ? await Code(minor.Member, caller, null, cancel) : unknown, cancel)).Map(codes.Show);

        /// <summary>A code for the member, or <see cref="UnknownMember"/>, <see cref="HasWeChat"/>.</summary>
        public async Task<Result<FamilyCodeShown>> CodeByStaff(Guid memberId, StaffRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => (await work.Once<SealedFamilyCode>(requestId, async () =>
            await db.Set<Member>().FirstOrDefaultAsync(m => m.Id == memberId && m.LeftAt == null, cancel) is { } member ? await Code(member, caller, body.Reason, cancel) : new UnknownMember(), cancel)).Map(codes.Show);

        /// <summary>Who the phone is from now on, or <see cref="FamilyCodeWrong"/>, <see cref="HasWeChat"/>, <see cref="AccountInUse"/>.</summary>
        public Task<Result<Response>> Bind(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!(await callers.Of(caller.Subject, db.Scope.CommunityId, fresh: true, cancel)).IsLive)
                return new SessionOver();
            if (await db.Set<Member>().IgnoreQueryFilters().AnyAsync(m => m.PersonId == caller.PersonId, cancel) || await db.Set<RoleGrant>().IgnoreQueryFilters().AnyAsync(g => g.PersonId == caller.PersonId, cancel))
                return new AccountInUse();
            if (!(await codes.Use(FamilyCodePurpose.Account, body.Code, cancel)).TryGet(out var code, out var wrong))
                return wrong;
            if (await db.Set<Member>().FirstOrDefaultAsync(m => m.PersonId == code.SubjectId && m.LeftAt == null, cancel) is not { } member)
                return new FamilyCodeWrong();
            if (await db.Set<WeChatAccount>().AnyAsync(a => a.PersonId == member.PersonId, cancel))
                return new HasWeChat();
            if (await db.Set<WeChatAccount>().FirstOrDefaultAsync(a => a.PersonId == caller.PersonId, cancel) is not { } account)
                return new AccountInUse();
            await Move(account, member.PersonId, cancel);
            audit.Write("account.bound", $"member:{member.Id:N}", member.PersonId);
            return new Response(member.Id, member.DisplayName);
        }, cancel);

        private async Task<Result<SealedFamilyCode>> Code(Member member, Caller caller, string? reason, CancellationToken cancel)
        {
            if (await db.Set<WeChatAccount>().AnyAsync(a => a.PersonId == member.PersonId, cancel))
                return new HasWeChat();
            audit.Write("account.code_made", $"member:{member.Id:N}", member.PersonId, reason);
            return await codes.Make(FamilyCodePurpose.Account, member.PersonId, caller.PersonId, FamilyRights.None, cancel);
        }

        private async Task Move(WeChatAccount from, Guid to, CancellationToken cancel)
        {
            var (old, now) = (from.PersonId, clock.Now);
            var (openId, sessionKey) = (keys.Decrypt(from.OpenId, WeChatAccount.OpenIdPlace(old)), keys.Decrypt(from.SessionKey, WeChatAccount.SessionKeyPlace(old)));
            db.Remove(from);
            await db.SaveChangesAsync(cancel);
            db.Add(new WeChatAccount
            {
                PersonId = to,
                OpenIdHash = keys.KeyedHash(WeChatAccount.OpenIdScope, openId),
                OpenId = keys.Encrypt(openId, WeChatAccount.OpenIdPlace(to)),
                SessionKey = keys.Encrypt(sessionKey, WeChatAccount.SessionKeyPlace(to)),
                LoggedInAt = from.LoggedInAt,
            });
            if (!await db.Set<Phone>().AnyAsync(p => p.PersonId == to, cancel))
                await db.Set<Phone>().Where(p => p.PersonId == old).ExecuteUpdateAsync(u => u.SetProperty(p => p.PersonId, to), cancel);
            await db.Set<Phone>().Where(p => p.PersonId == old).ExecuteDeleteAsync(cancel);
            await sessions.End(db.Set<Session>().Where(s => s.PersonId == old), cancel);
            await db.Set<Person>().Where(p => p.Id == old).ExecuteUpdateAsync(u => u.SetProperty(p => p.ClosedAt, now).SetProperty(p => p.ErasedAt, now), cancel);
        }
    }
}
