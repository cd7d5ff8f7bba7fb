using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Family;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Guardians;

/// <summary>
/// Somebody becomes a guardian by a code: made by the child's first guardian for the second, or by a child of 14 and more, who joined with its own WeChat,
/// for its first.
/// </summary>
public static class BecomeGuardian
{
    /// <summary>The code and the consent.</summary>
    /// <param name="Code">As shown on the other phone.</param>
    /// <param name="Relation">What the guardian is to the child.</param>
    /// <param name="DocumentId">The privacy notice in force.</param>
    public sealed record Request(string Code, Relation Relation, Guid DocumentId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A code.</summary>
        public Limits() => RuleFor(r => r.Code).NotEmpty().MaximumLength(20).WithName("家人码");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/children/{id:guid}/guardian-code", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Ask(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("askSecondGuardian").WithSummary("请另一位家长加入");
        community.MapPost("/guardian-code", (RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Ask(null, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("askGuardian").WithSummary("请家长确认");
        community.MapPost("/guardianships", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Become(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithMetadata(new RateLimit(RateLimits.CodeGuesses))
            .WithName("becomeGuardian").WithSummary("成为家长");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, GuardianBook book, FamilyCodes codes, FamilyNotices notices, IDocumentConsents consents, IAuditLog audit)
    {
        /// <summary>A code for the child, or for the caller who is one; or <see cref="UnknownChild"/>, <see cref="OwnConsentNotNeeded"/>, <see cref="TooManyGuardians"/>.</summary>
        public async Task<Result<FamilyCodeShown>> Ask(Guid? childId, RequestId requestId, Caller caller, CancellationToken cancel) => (await work.Once<SealedFamilyCode>(requestId, async () =>
        {
            Minor minor;
            if (childId is { } id)
            {
                if (!(await book.ChildOf(caller.PersonId, id, cancel)).TryGet(out var child, out var unknown))
                    return unknown;
                minor = child;
            }
            else if (await db.Set<Member>().FirstOrDefaultAsync(m => m.PersonId == caller.PersonId && m.LeftAt == null, cancel) is { } member && await book.Find(member, cancel) is { } self)
            {
                minor = self;
            }
            else
            {
                return new OwnConsentNotNeeded();
            }

            return minor.Links.Count < Guardianship.MaxGuardians ? await codes.Make(FamilyCodePurpose.Guardian, minor.Id, caller.PersonId, FamilyRights.None, cancel) : new TooManyGuardians();
        }, cancel)).Map(codes.Show);

        /// <summary>The child, or <see cref="FamilyCodeWrong"/>, <see cref="AlreadyFamily"/>, <see cref="TooManyGuardians"/>, <see cref="NoticeNotCurrent"/>, <see cref="GuardianIsMinor"/>.</summary>
        public Task<Result<ChildView>> Become(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<ChildView>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!await db.Set<Member>().AnyAsync(m => m.PersonId == caller.PersonId && m.LeftAt == null, cancel))
                return new NotMember();
            if (!(await codes.Use(FamilyCodePurpose.Guardian, body.Code, cancel)).TryGet(out var code, out var wrong))
                return wrong;
            if (await db.Set<Member>().FirstOrDefaultAsync(m => m.PersonId == code.SubjectId && m.LeftAt == null, cancel) is not { } member || await book.Find(member, cancel) is not { } minor)
                return new FamilyCodeWrong();
            if (minor.Id == caller.PersonId || minor.IsGuardedBy(caller.PersonId))
                return new AlreadyFamily();
            if (minor.Links.Count >= Guardianship.MaxGuardians)
                return new TooManyGuardians();
            if (await consents.Missing(caller.PersonId, cancel) is { } missing)
                return missing;
            if (await book.CheckNotice(body.DocumentId, cancel) is { } old)
                return old;
            if (await book.CheckGuardian(caller.PersonId, cancel) is { } refusal)
                return refusal;
            book.Link(caller.PersonId, minor.Id, minor.Birth, body.Relation, body.DocumentId);
            audit.Write("guardian.linked", $"member:{member.Id:N}", minor.Id);
            await notices.Changed($"guardian-linked:{code.Id:N}", [minor.Id, .. minor.Links.Select(l => l.GuardianId)], caller.PersonId, minor.Id, "家长", true, "用家人码加入", cancel);
            await db.SaveChangesAsync(cancel);
            return await book.Show((await book.Find(member, cancel))!, caller.PersonId, cancel);
        }, cancel);
    }
}
