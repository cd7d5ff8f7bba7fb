using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Privacy;

/// <summary>A member leaves this community and stays on the platform: the membership ends, history stays under the pseudonym; who comes back is the same member.</summary>
public static class LeaveCommunity
{
    /// <summary>What is typed to confirm.</summary>
    public const string Word = "退出社区";

    /// <summary>The confirmation.</summary>
    /// <param name="Confirmation"><see cref="Word"/>, typed.</param>
    public sealed record Request(string Confirmation);

    /// <summary>What came of it.</summary>
    /// <param name="LeftAt">When.</param>
    public sealed record Response(DateTimeOffset LeftAt);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>The word, exactly.</summary>
        public Limits() => RuleFor(r => r.Confirmation).Equal(Word).WithMessage($"请输入“{Word}”四个字来确认。");
    }

    /// <summary>The route. Not by role: the role is gone when a lost answer is asked for again.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/membership/leaving", (
            Request _, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(requestId, caller, cancel).ToHttp())
        .RequireSignedIn()
        .WithName("leaveCommunity").WithSummary("退出社区");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IEnumerable<IClosingCheck> checks, IEnumerable<IPersonalData> parts, IAuditLog audit, Clock clock)
    {
        /// <summary>When the person left, or <see cref="NotMember"/>, <see cref="SomethingOpen"/>.</summary>
        public Task<Result<Response>> Run(RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!await db.Set<Member>().AnyAsync(m => m.PersonId == caller.PersonId && m.LeftAt == null, cancel))
                return new NotMember();
            var open = new List<string>();
            foreach (var check in checks)
                open.AddRange(await check.Open(caller.PersonId, Departure.Community, cancel));
            if (open.Count > 0)
                return new SomethingOpen { Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["$.open"] = [.. open] } };
            foreach (var part in parts)
                await part.Erase(caller.PersonId, Departure.Community, cancel);
            audit.Write("member.left", "membership", caller.PersonId);
            return new Response(clock.Now);
        }, cancel);
    }
}
