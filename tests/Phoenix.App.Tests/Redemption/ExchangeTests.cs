using System.Net;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Redemption;

/// <summary>A coin becomes a meal: held from home, given at the till, or done in one scan.</summary>
public sealed class ExchangeTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_member_holds_from_home_says_the_number_and_the_clerk_hands_over(DatabaseKind database)
    {
        var market = await Market.Open(database);
        await using var app = market.App;
        var ((member, id), clerk, request) = (await market.Member(), await market.Clerk(), app.NewRequestId());
        var held = (await market.Hold(member, requestId: request)).Ok<HoldOffer.Response>();
        Assert.Equal((request, 1, 18L, new DateTimeOffset(2026, 11, 23, 5, 30, 0, TimeSpan.Zero)), (held.Id, held.Number, held.Coins, held.ExpiresAt));
        Assert.Equal((32, 18), await market.Coins(id));
        Assert.Equal(held, (await market.Hold(member, requestId: request)).Ok<HoldOffer.Response>());
        (await market.Hold(member, quantity: 2, requestId: request)).Refused(HttpStatusCode.Conflict, "ledger.request_reused");
        Assert.Equal(2, (await market.Held((await market.Member()).Caller)).Number);

        var confirm = app.NewRequestId();
        var given = (await market.HandOver(clerk, held.Id, confirm)).Ok<EndRedemption.Response>();
        Assert.Equal((RedemptionState.Captured, 1), (given.State, given.Number));
        Assert.Equal((32, 0, 18), await Books(market, id));
        foreach (var again in (Answer[])[await market.HandOver(clerk, held.Id, confirm), await market.Refuse(market.Shop.Owner, held.Id), await Market.Cancel(member, held.Id)])
            Assert.Equal(given, again.Ok<EndRedemption.Response>());
        Assert.Equal(held, (await market.Hold(member, requestId: request)).Ok<HoldOffer.Response>());

        await market.Relay();
        var inbox = (await member.Get("/api/v1/messages")).Ok<Page<ReadInbox.Item>>().Items.Select(m => m.Body);
        Assert.Equal(["爱心午餐换好了！在社区食堂用了 18 枚，还有 32 枚。不是您换的，点开告诉社区。", "给您留好了：爱心午餐 1 份。到社区食堂报 1 号，13:30 前有效，没来自动退回。"], inbox);
        Assert.Contains("1 号，爱心午餐 1 份，13:30 前来取。", (await clerk.Get("/api/v1/messages")).Ok<Page<ReadInbox.Item>>().Items.Select(m => m.Body));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task My_code_is_done_in_one_scan_in_the_rush_and_never_twice(DatabaseKind database)
    {
        var market = await Market.Open(database, Market.Lunch(from: "00:00:00"));
        await using var app = market.App;
        var ((member, id), clerk) = (await market.Member(), await market.Clerk());
        var phone = await market.Phone(member);
        (await market.Scan(clerk, market.MyCode(phone))).Refused(HttpStatusCode.Conflict, "till.nothing_pinned");
        await market.Pin();
        var (code, request) = (market.MyCode(phone), app.NewRequestId());
        var done = (await market.Scan(clerk, code, requestId: request)).Ok<TillItem>();
        Assert.Equal(("爱心午餐", 1, "王**", RedemptionState.Captured), (done.Title, done.Number, done.Name, done.State));
        Assert.Equal(done, (await market.Scan(clerk, code, requestId: request)).Ok<TillItem>());
        (await market.Scan(clerk, code)).Refused(HttpStatusCode.Conflict, "code.used");
        Assert.Equal((32, 0, 18), await Books(market, id));

        // Too few coins: the code stays unused for something smaller.
        app.Time.Advance(TimeSpan.FromSeconds(30));
        var next = market.MyCode(phone);
        (await market.Scan(clerk, next, quantity: 2)).Refused(HttpStatusCode.Conflict, "ledger.insufficient");
        var shown = (await market.Scan(clerk, next, isPreview: true)).Ok<TillItem>();
        Assert.Equal((RedemptionState.Held, app.Now + ExchangeLimits.AtTill), (shown.State, shown.ExpiresAt));
        Assert.Equal(RedemptionState.Refused, (await market.Refuse(clerk, shown.Id)).Ok<EndRedemption.Response>().State);
        Assert.Equal((32, 0, 18), await Books(market, id));
    }

    private static async Task<(long, long, long)> Books(Market market, Guid member)
    {
        var (available, held) = await market.Coins(member);
        return (available, held, await market.Received());
    }
}
