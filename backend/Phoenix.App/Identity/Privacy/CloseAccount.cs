using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Guardians;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Privacy;

/// <summary>
/// Somebody closes their account, for ever, or a guardian closes a child's (PIPL art 47, hard rule 8). Refused while something is open. The same WeChat user
/// who signs in later is a new person.
/// </summary>
public static class CloseAccount
{
    /// <summary>What is typed to confirm.</summary>
    public const string Word = "注销账号";

    /// <summary>The confirmation.</summary>
    /// <param name="Confirmation"><see cref="Word"/>, typed.</param>
    public sealed record Request(string Confirmation);

    /// <summary>What came of it.</summary>
    /// <param name="ClosedAt">When.</param>
    public sealed record Response(DateTimeOffset ClosedAt);

    /// <summary>What is still open.</summary>
    /// <param name="Open">A sentence each; empty: the account can be closed.</param>
    public sealed record OpenResponse(IReadOnlyList<string> Open);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>The word, exactly.</summary>
        public Limits() => RuleFor(r => r.Confirmation).Equal(Word).WithMessage($"请输入“{Word}”四个字来确认。");
    }

    /// <summary>Routes outside any community (<paramref name="api"/>) and inside one.</summary>
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder community)
    {
        api.MapGet("/account/closing", async (Caller caller, Departures departures, CancellationToken cancel) =>
                TypedResults.Ok(new OpenResponse(await departures.Open(caller.PersonId, cancel))))
            .RequireSignedIn().WithName("getClosing").WithSummary("注销前要办完的事");
        api.MapPost("/account/closing", (Request _, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Own(requestId, caller, cancel).ToHttp())
            .RequireSignedIn().WithMetadata(new AnswersAfterSignOut())
            .WithName("closeAccount").WithSummary("注销账号");
        community.MapPost("/children/{id:guid}/closing", (Guid id, Request _, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.OfChild(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("closeChildAccount").WithSummary("为孩子注销账号");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Departures departures, GuardianBook guardians, ICallers callers, Clock clock)
    {
        /// <summary>When it was closed, or <see cref="SomethingOpen"/>.</summary>
        public async Task<Result<Response>> Own(RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<Response>(requestId, cancel) is { } before)
                return before;
            return (await callers.Of(caller.Subject, db.Scope.CommunityId, fresh: true, cancel)).IsLive ? await Close(caller.PersonId, requestId, cancel) : new SessionOver();
        }

        /// <summary>When it was closed, or <see cref="UnknownChild"/>, <see cref="SomethingOpen"/>.</summary>
        public async Task<Result<Response>> OfChild(Guid memberId, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<Response>(requestId, cancel) is { } before)
                return before;
            return (await guardians.ChildOf(caller.PersonId, memberId, cancel)).TryGet(out var minor, out var unknown) ? await Close(minor.Id, requestId, cancel) : unknown;
        }

        private async Task<Result<Response>> Close(Guid person, RequestId requestId, CancellationToken cancel)
        {
            var open = await departures.Open(person, cancel);
            if (open.Count > 0)
                return new SomethingOpen { Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["$.open"] = [.. open] } };
            var closed = await work.Once<Response>(requestId, async () =>
            {
                // The update takes the row: of two phones at once the second finds the account closed.
                var now = clock.Now;
                if (await db.Set<Person>().Where(p => p.Id == person && p.ClosedAt == null).ExecuteUpdateAsync(u => u.SetProperty(p => p.ClosedAt, now), cancel) != 1)
                    return new SessionOver();
                await departures.Close(person, requestId.Id, cancel);
                return new Response(clock.Now);
            }, cancel);
            if (closed.IsOk)
                await departures.Erase(person, CancellationToken.None);
            return closed;
        }
    }
}
