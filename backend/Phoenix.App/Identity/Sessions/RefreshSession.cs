using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Sessions;

/// <summary>
/// A device gets its next tokens. The refresh token works once; the same request within a minute gets the same answer (it was lost on the way); an older
/// token otherwise means a copy, and the session ends for both (RFC 9700, section 4.14).
/// </summary>
public static class RefreshSession
{
    /// <summary>What the client has.</summary>
    /// <param name="RefreshToken">The one last given.</param>
    public sealed record Request(string RefreshToken);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>The token is there.</summary>
        public Limits() => RuleFor(r => r.RefreshToken).NotEmpty().MaximumLength(256).WithName("登录凭证");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/sessions/refresh", (Request body, RequestId requestId, Handler handler, CancellationToken cancel) =>
            handler.Run(body, requestId, cancel).ToHttp())
        .AllowAnyone().WithMetadata(new RateLimit(RateLimits.SignIns))
        .WithName("refreshSession").WithSummary("续期登录");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, SessionBook book, Clock clock)
    {
        /// <summary>The next tokens, or <see cref="SessionOver"/>.</summary>
        public async Task<Result<Tokens>> Run(Request body, RequestId requestId, CancellationToken cancel)
        {
            if (!book.TryRead(body.RefreshToken, out var token))
                return new SessionOver();
            var done = await work.Once<TokenGrant>(requestId, () => Next(token, requestId.Id, cancel), cancel);
            if (!done.TryGet(out var grant, out var error))
            {
                if (error is RefreshTokenCopied)
                    await book.End(db.Set<Session>().Where(s => s.Id == token.Session), cancel);
                return error;
            }

            var tokens = book.Show(grant);
            if (tokens.Error is SessionOver)
                await book.End(db.Set<Session>().Where(s => s.Id == token.Session), cancel);
            return tokens;
        }

        private async Task<Result<TokenGrant>> Next((Guid Session, int Number, Guid Nonce) token, Guid requestId, CancellationToken cancel)
        {
            var now = clock.Now;
            var session = await db.Set<Session>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == token.Session, cancel);
            if (session is null || !session.IsLiveAt(now))
                return new SessionOver();
            var next = token.Number + 1;
            var taken = await db.Set<Session>().Where(s => s.Id == token.Session && s.Number == token.Number && s.Nonce == token.Nonce && s.EndedAt == null)
                .ExecuteUpdateAsync(u => u.SetProperty(s => s.Number, next).SetProperty(s => s.Nonce, requestId).SetProperty(s => s.UsedAt, now), cancel);
            return taken == 1 ? new TokenGrant(session.PersonId, session.Id, next, requestId, now) : new RefreshTokenCopied();
        }
    }
}
