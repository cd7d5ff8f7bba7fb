using System.Net;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Redemption;

/// <summary>Whatever runs at once: one end for each exchange, never more than there is, and the same answer for everybody.</summary>
public sealed class RaceTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Of_many_ends_at_once_one_counts_and_everybody_hears_the_same(DatabaseKind database)
    {
        var market = await Market.Open(database);
        await using var app = market.App;
        var ((member, id), clerk, other) = (await market.Member(18 * 12), await market.Clerk(), await market.Clerk("小李"));
        var ends = new HashSet<RedemptionState>();
        for (var round = 0; round < 12; round++)
        {
            var held = await market.Held(member);
            Task<Answer>[] all = [market.HandOver(clerk, held.Id), market.Refuse(other, held.Id), Market.Cancel(member, held.Id), market.HandOver(other, held.Id), market.Refuse(market.Shop.Owner, held.Id)];
            var answers = await Task.WhenAll(round % 2 == 0 ? all : [.. all.Reverse()]);
            var first = answers[0].Ok<EndRedemption.Response>();
            Assert.All(answers, a => Assert.Equal(first, a.Ok<EndRedemption.Response>()));
            ends.Add(first.State);
        }

        Assert.NotEmpty(ends);
        var (available, kept) = await market.Coins(id);
        Assert.Equal((0, 18 * 12), (kept, available + await market.Received()));
        await app.Sweep("books.reconcile");
        Assert.Null((await app.Read(1, db => Task.FromResult(db.Set<Phoenix.App.Bookkeeping.BookCheckRow>().Single()))).Fault);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_last_portion_goes_to_one_and_a_limit_holds_for_two_phones(DatabaseKind database)
    {
        var market = await Market.Open(database, Market.Lunch(perDay: 3, perPersonDay: 1));
        await using var app = market.App;
        var (member, _) = await market.Member(200);
        var two = await Task.WhenAll(market.Hold(member), market.Hold(member), market.Hold(member));
        Assert.Single(two, a => a.Status == HttpStatusCode.OK);
        Assert.All(two.Where(a => a.Status != HttpStatusCode.OK), a => a.Refused(HttpStatusCode.Conflict, "offer.limit_reached"));

        var people = new List<TestCaller>();
        for (var i = 0; i < 6; i++)
            people.Add((await market.Member()).Caller);
        var all = await Task.WhenAll(people.Select(p => market.Hold(p)));
        Assert.Equal(2, all.Count(a => a.Status == HttpStatusCode.OK));
        Assert.All(all.Where(a => a.Status != HttpStatusCode.OK), a => a.Refused(HttpStatusCode.Conflict, "offer.sold_out"));
        Assert.Equal([1, 2, 3], (await app.Read(1, db => Task.FromResult(db.Set<RedemptionRow>().Select(r => r.Number).ToList()))).Order());

        // One goes back: the portion and the limit with it.
        var mine = two.Single(a => a.Status == HttpStatusCode.OK).Ok<HoldOffer.Response>();
        (await Market.Cancel(member, mine.Id)).Ok<EndRedemption.Response>();
        Assert.Equal(4, (await market.Held(member)).Number);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task At_its_last_instant_it_can_only_expire_and_the_coins_are_back(DatabaseKind database)
    {
        var market = await Market.Open(database);
        await using var app = market.App;
        var ((member, id), clerk) = (await market.Member(), await market.Clerk());
        var (first, second) = (await market.Held(member), await market.Held(member));
        app.Time.SetUtcNow(first.ExpiresAt - TimeSpan.FromMilliseconds(1));
        Assert.Equal(RedemptionState.Captured, (await market.HandOver(app.Fresh(clerk), first.Id)).Ok<EndRedemption.Response>().State);
        app.Time.SetUtcNow(second.ExpiresAt);
        var ends = await Task.WhenAll(market.HandOver(app.Fresh(clerk), second.Id), Market.Cancel(app.Fresh(member), second.Id), Swept(app));
        Assert.All(ends.OfType<Answer>(), a => Assert.Equal(RedemptionState.Expired, a.Ok<EndRedemption.Response>().State));
        Assert.Equal((32, 0), await market.Coins(id));
        (await market.Hold(app.Fresh(member))).Refused(HttpStatusCode.Conflict, "offer.closed");
        await app.Sweep("holds.expire");
        await market.Relay();
        Assert.Contains("爱心午餐留的时间过了，18 枚已退回，可以重新换。", (await app.Fresh(member).Get("/api/v1/messages")).Text, StringComparison.Ordinal);
    }

    private static async Task<Answer> Swept(PhoenixApp app)
    {
        await app.Sweep("holds.expire");
        return null!;
    }
}
