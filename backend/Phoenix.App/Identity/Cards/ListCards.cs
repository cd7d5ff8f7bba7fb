using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;

namespace Phoenix.App.Identity.Cards;

/// <summary>Staff see the cards, newest first, of one member if they say so; numbers are hidden but for their end.</summary>
public static class ListCards
{
    /// <summary>A card.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="MemberId">Whose.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="MaskedNumber">The number's last four letters behind asterisks.</param>
    /// <param name="IssuedAt">When it was issued.</param>
    /// <param name="RevokedAt">When it was revoked; null while it works.</param>
    public sealed record Item(Guid Id, Guid MemberId, string Name, string MaskedNumber, DateTimeOffset IssuedAt, DateTimeOffset? RevokedAt);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/cards", Run)
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithName("listCards").WithSummary("卡片列表");

    internal static Item Show(ElderCard card, Member member, CardBook book) => new(card.Id, member.Id, member.DisplayName, book.Masked(card), card.IssuedAt, card.RevokedAt);

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run(
        [AsParameters] PageQuery page, [FromQuery] Guid? member, Caller caller, PhoenixDb db, CardBook book, IPeople people, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var found = db.Set<ElderCard>().AsNoTracking().Join(db.Set<Member>(), c => c.PersonId, m => m.PersonId, (Card, Member) => new { Card, Member });
        if (member is not null)
            found = found.Where(c => c.Member.Id == member);
        if (at.After is { } before)
            found = found.Where(c => c.Card.Id.CompareTo(before) < 0);
        var rows = await found.OrderByDescending(c => c.Card.Id).Take(at.Limit + 1).ToListAsync(cancel);
        if (await people.LogLooks(caller.PersonId, rows.ConvertAll(r => r.Card.PersonId), "cards", cancel) > 0)
            await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(r => Show(r.Card, r.Member, book)), at.Limit, i => i.Id));
    }
}
