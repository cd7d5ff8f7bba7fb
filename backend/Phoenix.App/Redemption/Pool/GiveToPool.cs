using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Redemption.Offers;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Pool;

/// <summary>送爱心池: a member gives coins to the pool, one way. Hours stay.</summary>
public static class GiveToPool
{
    /// <summary>How many.</summary>
    /// <param name="Coins">Coins to give.</param>
    public sealed record Request(long Coins);

    /// <summary>What was given.</summary>
    /// <param name="Coins">Coins that went into the pool.</param>
    /// <param name="At">When.</param>
    public sealed record Response(long Coins, DateTimeOffset At);

    /// <summary>The pool.</summary>
    /// <param name="Coins">What is in it.</param>
    public sealed record View(long Coins);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Some.</summary>
        public Limits() => RuleFor(r => r.Coins).InclusiveBetween(1, OfferVersion.MaxCoins).WithName("枚数");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/coins/gifts", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("giveToPool").WithSummary("送爱心池");
        community.MapGet("/coins/pool", Show)
            .RequireSignedIn()
            .WithName("getPool").WithSummary("爱心池");
    }

    private static async Task<Ok<View>> Show(CommunityPool pool, CancellationToken cancel) => TypedResults.Ok(new View(await pool.Coins(cancel)));

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, CommunityPool pool, MemberShelf members, LedgerPoster poster)
    {
        /// <summary>What was given, or <see cref="PoolNotAMember"/>, <see cref="Insufficient"/>.</summary>
        public async Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            var community = db.Scope.CommunityId;
            if (await members.MemberOf(community, caller.PersonId, cancel) is not { } member)
                return new PoolNotAMember();
            var gift = new Move(PostingKind.Gift, AccountKey.Lots(member), pool.Account, body.Coins) { Ref = "pool", Rule = "gift/1" };
            return (await poster.Post(new LedgerRequest(community, requestId.Id, caller.PersonId, "pool.gift", gift), cancel)).Map(p => new Response(p.First.Amount, p.First.At));
        }
    }
}
