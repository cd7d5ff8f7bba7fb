using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Identity.Sessions;

/// <summary>A device signs in with the code of <c>wx.login</c>: WeChat says who it is, the first time makes the person.</summary>
public static class LogIn
{
    /// <summary>What the client has.</summary>
    /// <param name="Code">From <c>wx.login</c>, used once.</param>
    public sealed record Request(string Code);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>The code is there.</summary>
        public Limits() => RuleFor(r => r.Code).NotEmpty().MaximumLength(128).WithName("登录码");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/sessions", (Request body, RequestId requestId, Handler handler, CancellationToken cancel) =>
            handler.Run(body, requestId, cancel).ToHttp())
        .AllowAnyone().WithMetadata(new RateLimit(RateLimits.SignIns))
        .WithName("logIn").WithSummary("微信登录");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IWeChatGateway weChat, SessionBook book, KeyRing keys, IIds ids, Clock clock)
    {
        /// <summary>The tokens, or what WeChat refused (<see cref="WeChatCodeOver"/>, <see cref="WeChatUserBlocked"/>, ...).</summary>
        public async Task<Result<Tokens>> Run(Request body, RequestId requestId, CancellationToken cancel)
        {
            // A code works once: a retry of a login whose answer was lost must not ask WeChat again.
            if (await work.Before<TokenGrant>(requestId, cancel) is { } before)
                return before.TryGet(out var known, out var reused) ? book.Show(known) : reused;
            if (!(await weChat.CodeToSession(body.Code, cancel)).TryGet(out var user, out var refused))
                return refused;
            var done = await work.Once<TokenGrant>(requestId, async () => await book.Start(await PersonOf(user, cancel), requestId.Id, cancel), cancel);
            return done.TryGet(out var grant, out var error) ? book.Show(grant) : error;
        }

        private async Task<Guid> PersonOf(WeChatSession user, CancellationToken cancel)
        {
            var hashes = keys.Candidates(WeChatAccount.OpenIdScope, user.OpenId);
            var now = clock.Now;
            var account = await db.Set<WeChatAccount>().FirstOrDefaultAsync(a => hashes.Contains(a.OpenIdHash), cancel);
            if (account is null)
            {
                var person = new Person { Id = ids.New(), CreatedAt = now };
                account = new WeChatAccount
                {
                    PersonId = person.Id,
                    OpenIdHash = keys.KeyedHash(WeChatAccount.OpenIdScope, user.OpenId),
                    OpenId = keys.Encrypt(user.OpenId, WeChatAccount.OpenIdPlace(person.Id)),
                    SessionKey = "",
                };
                db.AddRange(person, account);
            }

            account.SessionKey = keys.Encrypt(user.SessionKey, WeChatAccount.SessionKeyPlace(account.PersonId));
            account.LoggedInAt = now;
            return account.PersonId;
        }
    }
}
