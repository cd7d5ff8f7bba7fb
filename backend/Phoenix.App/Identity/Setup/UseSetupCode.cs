using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Setup;

/// <summary>A member types the setup code that the server printed, and is the community's administrator: staff who can name others.</summary>
public static class UseSetupCode
{
    /// <summary>The code.</summary>
    /// <param name="Code">12 letters and digits, in any case; hyphens and spaces don't matter.</param>
    public sealed record Request(string Code);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A code is there.</summary>
        public Limits() => RuleFor(r => r.Code).NotEmpty().MaximumLength(40).WithName("设置码");
    }

    /// <summary>What the caller is now.</summary>
    /// <param name="Roles">Roles in this community.</param>
    public sealed record Response(IReadOnlyList<Role> Roles);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/setup", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireSignedIn().WithMetadata(new RateLimit(RateLimits.CodeGuesses))
        .WithName("useSetupCode").WithSummary("用设置码成为管理员");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, KeyRing keys, IAuditLog audit, Clock clock)
    {
        /// <summary>The caller's roles, or <see cref="NotMember"/>, <see cref="SetupCodeWrong"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!await db.Set<Member>().AnyAsync(m => m.PersonId == caller.PersonId, cancel))
                return new NotMember();
            var now = clock.Now;
            var typed = string.Concat(body.Code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
            var hashes = keys.Candidates(SetupCode.Scope, typed);
            await db.LockCommunity(cancel);
            var code = await db.Set<SetupCode>().FirstOrDefaultAsync(c => hashes.Contains(c.CodeHash) && c.UsedAt == null && c.ExpiresAt > now, cancel);
            if (code is null)
                return new SetupCodeWrong();
            (code.UsedAt, code.UsedBy) = (now, caller.PersonId);
            if (!caller.Is(Role.Staff))
                db.Add(new RoleGrant { CommunityId = db.Scope.CommunityId, PersonId = caller.PersonId, Role = Role.Staff, GrantedAt = now });
            audit.Write("setup.done", "role:Staff", caller.PersonId);
            return new Response([.. caller.Roles.Append(Role.Staff).Distinct().Order()]);
        }, cancel);
    }
}
