using System.Net;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

public sealed class CoinRuleTests
{
    private static readonly Gen<(int PerHour, int PerShift, int? Cap, CoinRounding Rounding)> s_rules = Gen.Select(
        Gen.Int[0, CoinRule.MaxCoins], Gen.Int[0, CoinRule.MaxCoins], Gen.Select(Gen.Bool, Gen.Int[0, 5_000], (has, cap) => has ? cap : (int?)null), Gen.Enum<CoinRounding>());

    private static readonly Gen<int> s_minutes = Gen.Int[0, CoinRule.MaxMinutes];

    [Theory]
    [InlineData(150, 10, 0, null, CoinRounding.Down, 0, 25)]
    [InlineData(0, 10, 5, null, CoinRounding.HalfUp, 0, 0)]
    [InlineData(1, 0, 5, null, CoinRounding.Down, 0, 5)]
    [InlineData(29, 1, 0, null, CoinRounding.HalfUp, 0, 0)]
    [InlineData(30, 1, 0, null, CoinRounding.HalfUp, 0, 1)]
    [InlineData(59, 1, 0, null, CoinRounding.Down, 0, 0)]
    [InlineData(60, 10, 0, 40, CoinRounding.Down, 35, 5)]
    [InlineData(60, 10, 0, 40, CoinRounding.Down, 40, 0)]
    [InlineData(60, 10, 0, 40, CoinRounding.Down, 41, 0)]
    [InlineData(1440, 1000, 1000, null, CoinRounding.Down, 0, 25_000)]
    public void Minutes_become_coins(int minutes, int perHour, int perShift, int? cap, CoinRounding rounding, long earned, long coins) =>
        Assert.Equal(coins, CoinRule.CoinsFor(minutes, perHour, perShift, cap, rounding, earned));

    [Fact]
    public void More_minutes_never_bring_fewer_coins_and_the_day_s_cap_is_never_passed() =>
        Gen.Select(s_rules, s_minutes, s_minutes, Gen.Long[0, 6_000]).Sample((r, a, b, earned) =>
        {
            var (less, more) = (Math.Min(a, b), Math.Max(a, b));
            var (few, many) = (Of(r, less, earned), Of(r, more, earned));
            return few >= 0 && few <= many && (r.Cap is not { } cap || many == 0 || earned + many <= cap);
        });

    [Fact]
    public void Rounding_is_off_by_less_than_a_coin_and_down_is_never_more_than_exact() =>
        Gen.Select(s_rules, s_minutes).Sample((r, minutes) =>
        {
            var exact = minutes == 0 ? 0 : r.PerHour * (long)minutes + r.PerShift * 60L;
            var coins = Of(r with { Cap = null }, minutes, 0) * 60;
            return r.Rounding == CoinRounding.Down ? coins <= exact && exact - coins < 60 : Math.Abs(exact - coins) <= 30;
        });

    [Fact]
    public void The_day_s_coins_don_t_depend_on_the_order_of_its_shifts() =>
        Gen.Select(s_rules, s_minutes, s_minutes).Sample((r, a, b) =>
        {
            long Day(int first, int second)
            {
                var one = Of(r, first, 0);
                return one + Of(r, second, one);
            }

            return Day(a, b) == Day(b, a);
        });

    [Fact]
    public void What_no_shift_can_be_is_a_bug()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CoinRule.CoinsFor(-1, 1, 0, null, CoinRounding.Down, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoinRule.CoinsFor(CoinRule.MaxMinutes + 1, 1, 0, null, CoinRounding.Down, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoinRule.CoinsFor(1, 1, 0, null, CoinRounding.Down, -1));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Versions_follow_one_another_apply_forward_only_and_are_never_changed(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        Task<Answer> Set(int version, string from, int perHour = 10) => staff.Post("coin-rules", new { version, coinsPerHour = perHour, coinsPerShift = 0, dailyCap = 60, rounding = "down", effectiveFrom = from });

        (await Set(1, "2026-11-22")).Refused(HttpStatusCode.Conflict, "coin_rule.day_bad");
        (await Set(1, "2026-11-23")).Ok<SetCoinRule.Item>();
        (await Set(1, "2026-11-25")).Refused(HttpStatusCode.Conflict, "coin_rule.version_taken");
        (await Set(3, "2026-11-25")).Refused(HttpStatusCode.Conflict, "coin_rule.version_taken");
        (await Set(2, "2026-11-23")).Refused(HttpStatusCode.Conflict, "coin_rule.day_bad");
        (await Set(2, "2027-11-25")).Refused(HttpStatusCode.Conflict, "coin_rule.day_bad");
        (await Set(2, "2026-11-24", perHour: 1001)).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var both = await Task.WhenAll(Set(2, "2026-11-24", 8), Set(2, "2026-11-24", 12));
        Assert.Single(both, a => a.Status == HttpStatusCode.OK);
        Assert.Equal([2, 1], (await app.Anyone.Get("coin-rules")).Ok<Page<SetCoinRule.Item>>().Items.Select(r => r.Version));

        Assert.Equal((1, 2), await app.Read(Seeding.CommunityId, async db =>
        {
            var book = new CoinRuleBook(db);
            return ((await book.On(new(2026, 11, 23), default))!.Version, (await book.On(new(2026, 11, 24), default))!.Version);
        }));
        await Assert.ThrowsAnyAsync<Exception>(() => app.Read(Seeding.CommunityId, db => db.Set<CoinRule>().ExecuteUpdateAsync(u => u.SetProperty(r => r.CoinsPerHour, 99))));
        await Assert.ThrowsAnyAsync<Exception>(() => app.Read(Seeding.CommunityId, db => db.Set<CoinRule>().ExecuteDeleteAsync()));
    }

    private static long Of((int PerHour, int PerShift, int? Cap, CoinRounding Rounding) rule, int minutes, long earned) =>
        CoinRule.CoinsFor(minutes, rule.PerHour, rule.PerShift, rule.Cap, rule.Rounding, earned);
}
