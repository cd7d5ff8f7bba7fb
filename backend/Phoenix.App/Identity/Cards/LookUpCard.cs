using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Cards;

/// <summary>Somebody found a card: staff see by its number whose it is, name hidden but for its first character, and whether it works. Each look is logged.</summary>
public static class LookUpCard
{
    /// <summary>The number.</summary>
    /// <param name="Number">16 letters and digits, in any case; hyphens and spaces don't matter.</param>
    public sealed record Request(string Number);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A number is there.</summary>
        public Limits() => RuleFor(r => r.Number).NotEmpty().MaximumLength(40).WithName("卡号");
    }

    /// <summary>The card.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="MemberId">Whose.</param>
    /// <param name="MaskedName">The first character of the name.</param>
    /// <param name="RevokedAt">When it was revoked; null while it works.</param>
    public sealed record Response(Guid Id, Guid MemberId, string MaskedName, DateTimeOffset? RevokedAt);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/cards/look-up", (
            Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker).WithMetadata(new RateLimit(RateLimits.CodeGuesses))
        .WithName("lookUpCard").WithSummary("按卡号查卡");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, CardBook book, IAuditLog audit)
    {
        /// <summary>The card, or <see cref="CardUnknown"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await book.Find(body.Number, cancel) is not { } card)
                return new CardUnknown();
            var member = await db.Set<Member>().AsNoTracking().SingleAsync(m => m.PersonId == card.PersonId, cancel);
            audit.Write("card.looked_up", $"card:{card.Id:N}", card.PersonId);
            return new Response(card.Id, member.Id, CardBook.Masked(member.DisplayName), card.RevokedAt);
        }, cancel);
    }
}
