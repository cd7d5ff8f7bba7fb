using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.CoinRules;

/// <summary>Staff set how service becomes coins from a coming day on; everybody may read every version.</summary>
public static class SetCoinRule
{
    /// <summary>The longest time ahead, in days.</summary>
    public const int MaxDaysAhead = 366;

    /// <summary>A new version.</summary>
    /// <param name="Version">Its number: one more than the newest, so that two who set one at once don't pass each other unseen.</param>
    /// <param name="CoinsPerHour">0 to 1,000.</param>
    /// <param name="CoinsPerShift">0 to 1,000.</param>
    /// <param name="DailyCap">The most in a day for one person; null for no cap.</param>
    /// <param name="Rounding">What becomes of a part of a coin.</param>
    /// <param name="EffectiveFrom">Tomorrow or later; the very first version may begin today.</param>
    public sealed record Request(int Version, int CoinsPerHour, int CoinsPerShift, int? DailyCap, CoinRounding Rounding, DateOnly EffectiveFrom);

    /// <summary>A version.</summary>
    /// <param name="Version">Its number.</param>
    /// <param name="CoinsPerHour">Coins for an hour.</param>
    /// <param name="CoinsPerShift">Coins for a shift.</param>
    /// <param name="DailyCap">The most in a day.</param>
    /// <param name="Rounding">What becomes of a part of a coin.</param>
    /// <param name="EffectiveFrom">First day.</param>
    /// <param name="CreatedAt">When it was set.</param>
    public sealed record Item(int Version, int CoinsPerHour, int CoinsPerShift, int? DailyCap, CoinRounding Rounding, DateOnly EffectiveFrom, DateTimeOffset CreatedAt);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Numbers.</summary>
        public Limits()
        {
            RuleFor(r => r.CoinsPerHour).InclusiveBetween(0, CoinRule.MaxCoins).WithName("每小时枚数");
            RuleFor(r => r.CoinsPerShift).InclusiveBetween(0, CoinRule.MaxCoins).WithName("每次枚数");
            RuleFor(r => r.DailyCap).InclusiveBetween(1, CoinRule.MaxCoins * 24).WithName("每日上限");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/coin-rules", List).AllowAnyone().WithName("listCoinRules").WithSummary("积分办法的各个版本");
        community.MapPost("/coin-rules", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff).WithName("setCoinRule").WithSummary("设置积分办法新版本");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<int?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var before = at.After ?? int.MaxValue;
        var rows = await db.Set<CoinRule>().AsNoTracking().Where(r => r.Version < before).OrderByDescending(r => r.Version).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(Show), at.Limit, i => i.Version));
    }

    private static Item Show(CoinRule r) => new(r.Version, r.CoinsPerHour, r.CoinsPerShift, r.DailyCap, r.Rounding, r.EffectiveFrom, r.CreatedAt);

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, ICommunityCalendar calendar, IAuditLog audit, Clock clock)
    {
        /// <summary>The version, or <see cref="CoinRuleVersionTaken"/>, <see cref="CoinRuleDayBad"/>.</summary>
        public Task<Result<Item>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            var newest = await db.Set<CoinRule>().MaxAsync(r => (int?)r.Version, cancel) ?? 0;
            if (body.Version != newest + 1)
                return new CoinRuleVersionTaken();
            var today = calendar.Time.DayOf(clock.Now);
            if (body.EffectiveFrom < today.AddDays(newest == 0 ? 0 : 1) || body.EffectiveFrom > today.AddDays(MaxDaysAhead))
                return new CoinRuleDayBad();
            var rule = new CoinRule
            {
                CommunityId = db.Scope.CommunityId,
                Version = body.Version,
                CoinsPerHour = body.CoinsPerHour,
                CoinsPerShift = body.CoinsPerShift,
                DailyCap = body.DailyCap,
                Rounding = body.Rounding,
                EffectiveFrom = body.EffectiveFrom,
                CreatedBy = caller.PersonId,
                CreatedAt = clock.Now,
            };
            db.Add(rule);
            audit.Write("coin_rule.set", $"coin-rule:{rule.Version}");
            return Show(rule);
        }, cancel);
    }
}
