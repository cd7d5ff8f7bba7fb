using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Cards;

/// <summary>The rules about cards in one place: for the routes here, and for check-in and redemption.</summary>
internal sealed class CardBook(PhoenixDb db, KeyRing keys, RandomCodes codes, RateLimiter limiter, Clock clock, IIds ids) : ICards
{
    /// <summary>Letters of a number that are shown where the rest is hidden.</summary>
    public const int ShownLetters = 4;

    /// <inheritdoc />
    public async Task<Result<CardHolder>> Holder(string cardCode, Guid askedBy, CancellationToken cancel)
    {
        var decision = await limiter.Check(ElderCard.LookUps, askedBy.ToString("N"), cancel);
        if (!decision.IsAllowed)
            return new TooManyRequests { RetryAfter = decision.RetryAfter };
        if (await Find(cardCode, cancel) is not { } card)
            return new CardUnknown();
        if (card.RevokedAt is not null)
            return new CardRevoked();
        var member = await db.Set<Member>().AsNoTracking().SingleAsync(m => m.PersonId == card.PersonId, cancel);
        return new CardHolder(card.Id, card.PersonId, member.Id, member.DisplayName);
    }

    /// <inheritdoc />
    public async Task<Result<string>> NumberOf(Guid cardId, CancellationToken cancel)
    {
        if (await db.Set<ElderCard>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == cardId, cancel) is not { } card)
            return new CardUnknown();
        if (card.RevokedAt is not null)
            return new CardRevoked();
        return keys.Decrypt(card.Number, ElderCard.Place(card.Id));
    }

    /// <summary>The card of a number as somebody typed or scanned it, revoked ones too; null for none.</summary>
    public Task<ElderCard?> Find(string typed, CancellationToken cancel)
    {
        var hashes = keys.Candidates(ElderCard.Scope, RandomCodes.Typed(typed));
        return db.Set<ElderCard>().AsNoTracking().FirstOrDefaultAsync(c => hashes.Contains(c.NumberHash), cancel);
    }

    /// <summary>A new card of the person, added to the present unit of work.</summary>
    public ElderCard Issue(Guid person)
    {
        var (id, number) = (ids.New(), codes.Letters(ElderCard.NumberLength));
        var card = new ElderCard
        {
            CommunityId = db.Scope.CommunityId,
            Id = id,
            PersonId = person,
            NumberHash = keys.KeyedHash(ElderCard.Scope, number),
            Number = keys.Encrypt(number, ElderCard.Place(id)),
            IssuedAt = clock.Now,
        };
        db.Add(card);
        return card;
    }

    /// <summary>The number with all but its end hidden: ************7KQ2.</summary>
    public string Masked(ElderCard card) =>
        new string('*', ElderCard.NumberLength - ShownLetters) + keys.Decrypt(card.Number, ElderCard.Place(card.Id))[^ShownLetters..];

    /// <summary>A name with all but its first character hidden: 王**.</summary>
    public static string Masked(string name) => string.Concat(name.EnumerateRunes().Take(1)) + "**";
}
