using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Cards;

/// <summary>Staff issue a member's card, revoke a lost one at once, or put a new one in its place.</summary>
public static class IssueCard
{
    /// <summary>For whom.</summary>
    /// <param name="MemberId">The member.</param>
    public sealed record Request(Guid MemberId);

    /// <summary>Why a card is revoked.</summary>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record RevokeRequest(string Reason);

    /// <summary>The limits of a revocation.</summary>
    public sealed class Limits : AbstractValidator<RevokeRequest>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/cards", (Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Issue(body.MemberId, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker)
            .WithName("issueCard").WithSummary("发卡");
        community.MapPost("/cards/{id:guid}/revocation", (Guid id, RevokeRequest body, RequestId requestId, Handler handler, CancellationToken cancel) =>
                handler.Revoke(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker)
            .WithName("revokeCard").WithSummary("停用卡");
        community.MapPost("/cards/{id:guid}/replacement", (Guid id, RevokeRequest body, RequestId requestId, Handler handler, CancellationToken cancel) =>
                handler.Replace(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker)
            .WithName("replaceCard").WithSummary("补卡");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, CardBook book, IAuditLog audit, Clock clock)
    {
        /// <summary>The card, or <see cref="UnknownMember"/>, <see cref="CardAlreadyIssued"/>.</summary>
        public Task<Result<ListCards.Item>> Issue(Guid memberId, RequestId requestId, CancellationToken cancel) => work.Once<ListCards.Item>(requestId, async () =>
        {
            if (await db.Set<Member>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == memberId && m.LeftAt == null, cancel) is not { } member)
                return new UnknownMember();
            if (await db.Set<ElderCard>().AnyAsync(c => c.PersonId == member.PersonId && c.RevokedAt == null, cancel))
                return new CardAlreadyIssued();
            return Issued(member);
        }, cancel);

        /// <summary>The card as it now is, or <see cref="CardUnknown"/>, <see cref="CardRevoked"/>.</summary>
        public Task<Result<ListCards.Item>> Revoke(Guid id, RevokeRequest body, RequestId requestId, CancellationToken cancel) => work.Once<ListCards.Item>(requestId, async () =>
        {
            if (!(await Revoked(id, body.Reason, cancel)).TryGet(out var card, out var error))
                return error;
            return ListCards.Show(card, await MemberOf(card, cancel), book);
        }, cancel);

        /// <summary>The new card, or <see cref="CardUnknown"/>, <see cref="CardRevoked"/>.</summary>
        public Task<Result<ListCards.Item>> Replace(Guid id, RevokeRequest body, RequestId requestId, CancellationToken cancel) => work.Once<ListCards.Item>(requestId, async () =>
        {
            if (!(await Revoked(id, body.Reason, cancel)).TryGet(out var card, out var error))
                return error;
            return Issued(await MemberOf(card, cancel));
        }, cancel);

        private async Task<Result<ElderCard>> Revoked(Guid id, string reason, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            if (await db.Set<ElderCard>().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } card)
                return new CardUnknown();
            if (card.RevokedAt is not null)
                return new CardRevoked();
            card.RevokedAt = clock.Now;
            audit.Write("card.revoked", $"card:{card.Id:N}", card.PersonId, reason);
            await db.SaveChangesAsync(cancel);
            return card;
        }

        private ListCards.Item Issued(Member member)
        {
            var card = book.Issue(member.PersonId);
            audit.Write("card.issued", $"card:{card.Id:N}", member.PersonId);
            return ListCards.Show(card, member, book);
        }

        private Task<Member> MemberOf(ElderCard card, CancellationToken cancel) => db.Set<Member>().AsNoTracking().SingleAsync(m => m.PersonId == card.PersonId, cancel);
    }
}
