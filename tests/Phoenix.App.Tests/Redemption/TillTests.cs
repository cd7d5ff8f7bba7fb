using System.Net;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Http;
using Phoenix.App.Identity.Cards;
using Phoenix.App.Identity.Family;
using Phoenix.App.Identity.Volunteers;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Redemption;

/// <summary>The counter: what waits, numbers, totals, slips, refunds, large ones, cards, family, no network, and people who would decide on their own coins.</summary>
public sealed class TillTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_till_shows_what_waits_by_number_and_the_totals_of_the_day(DatabaseKind database)
    {
        var market = await Market.Open(database);
        await using var app = market.App;
        var ((member, _), clerk) = (await market.Member(200, "欧阳修"), await market.Clerk());
        var (first, second, third) = (await market.Held(member), await market.Held(member, 2), await market.Held(member));
        (await market.HandOver(clerk, first.Id)).Ok<EndRedemption.Response>();
        (await market.Refuse(clerk, third.Id)).Ok<EndRedemption.Response>();
        var till = $"merchants/{market.Shop.Id}/till";
        var waits = Assert.Single((await clerk.Get($"{till}?state=held")).Ok<Page<TillItem>>().Items);
        Assert.Equal((second.Id, 2, "爱心午餐", "欧**", 2), (waits.Id, waits.Number, waits.Title, waits.Name, waits.Quantity));
        var page = (await clerk.Get($"{till}?limit=2")).Ok<Page<TillItem>>();
        Assert.Equal([1, 2], page.Items.Select(i => i.Number));
        Assert.Equal([3], (await clerk.Get($"{till}?limit=2&cursor={page.Next}")).Ok<Page<TillItem>>().Items.Select(i => i.Number));
        var day = (await clerk.Get($"{till}/day")).Ok<ShowTill.DayTotal>();
        Assert.Equal((new DateOnly(2026, 11, 23), 2, 1, 18L), (day.Day, day.Held, day.Given, day.Coins));
        Assert.Equal(second.Id, (await clerk.Get($"{till}/numbers/2")).Ok<TillItem>().Id);
        (await clerk.Get($"{till}/numbers/4")).Refused(HttpStatusCode.NotFound, "redemption.unknown");

        // Another merchant's clerk sees nothing of it, by number or by id; nor does another community.
        var other = await Market.Open(app, name: "永安超市");
        (await other.Shop.Owner.Get($"{till}/numbers/2")).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        (await other.Shop.Owner.Get($"merchants/{other.Shop.Id}/till/numbers/2")).Refused(HttpStatusCode.NotFound, "redemption.unknown");
        (await other.HandOver(other.Shop.Owner, second.Id)).Refused(HttpStatusCode.NotFound, "redemption.unknown");
        (await (await market.Member()).Caller.Get($"redemptions/{second.Id}")).Refused(HttpStatusCode.NotFound, "redemption.unknown");
        var neighbour = (await app.Person(TestDatabases.OtherCommunity, Role.Member, Role.Clerk)).In(TestDatabases.OtherCommunity);
        (await neighbour.Get($"redemptions/{second.Id}")).Refused(HttpStatusCode.NotFound, "redemption.unknown");
        (await market.HandOver(neighbour, second.Id)).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        Assert.Equal([3, 2, 1], (await member.Get("redemptions")).Ok<Page<MyRedemptions.Item>>().Items.Select(i => i.Number));

        // Look-ups by number are limited.
        for (var i = 0; i < ShowTill.LookUps.Permits; i++)
            await clerk.Get($"{till}/numbers/{i + 10}");
        (await clerk.Get($"{till}/numbers/2")).Refused(HttpStatusCode.TooManyRequests, "limit.reached");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_slip_is_undone_within_ten_seconds_and_a_refund_goes_back_in_parts(DatabaseKind database)
    {
        var market = await Market.Open(database, Market.Lunch(perDay: 1));
        await using var app = market.App;
        var ((member, id), clerk) = (await market.Member(), await market.Clerk());
        var held = await market.Held(member);
        Task<Answer> Undo(Guid of, Guid? request = null) => clerk.Post($"merchants/{market.Shop.Id}/redemptions/{of}/undo", null, request);
        Task<Answer> Refund(Guid of, long coins, Guid? request = null) => clerk.Post($"merchants/{market.Shop.Id}/redemptions/{of}/refunds", new { coins, reason = "饭不热" }, request);
        (await Refund(held.Id, 1)).Refused(HttpStatusCode.Conflict, "ledger.not_captured");
        (await market.HandOver(clerk, held.Id)).Ok<EndRedemption.Response>();
        app.Time.Advance(ExchangeLimits.UndoWithin);
        var request = app.NewRequestId();
        var undone = (await Undo(held.Id, request)).Ok<RefundRedemption.Response>();
        Assert.Equal((18, (50L, 0L), 0L), (undone.Coins, await market.Coins(id), await market.Received()));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(undone, (await Undo(held.Id, request)).Ok<RefundRedemption.Response>());
        (await Undo(held.Id)).Refused(HttpStatusCode.Conflict, "redemption.undo_late");

        // The portion is back; this time it is too late for an undo, and two refunds make the whole.
        var again = await market.Held(member);
        (await market.HandOver(clerk, again.Id)).Ok<EndRedemption.Response>();
        app.Time.Advance(ExchangeLimits.UndoWithin + TimeSpan.FromMilliseconds(1));
        (await Undo(again.Id)).Refused(HttpStatusCode.Conflict, "redemption.undo_late");
        var part = app.NewRequestId();
        var refund = (await Refund(again.Id, 10, part)).Ok<RefundRedemption.Response>();
        Assert.Equal(refund, (await Refund(again.Id, 10, part)).Ok<RefundRedemption.Response>());
        (await Refund(again.Id, 9)).Refused(HttpStatusCode.Conflict, "ledger.refund_too_much");
        (await Refund(again.Id, 8)).Ok<RefundRedemption.Response>();
        Assert.Equal((50, 0), await market.Coins(id));
        (await market.Hold(member)).Refused(HttpStatusCode.Conflict, "offer.sold_out");
        var receipt = (await member.Get($"redemptions/{again.Id}/receipt")).Ok<RefundRedemption.Receipt>();
        Assert.Equal([10, 8], receipt.Refunds.Select(r => r.Coins));
        Assert.Equal((18, "社区食堂"), (receipt.Redemption.RefundedCoins, receipt.Merchant));
        Assert.Equal((await member.Get($"redemptions/{again.Id}/receipt")).Text, (await clerk.Get($"redemptions/{again.Id}/receipt")).Text);
        (await (await market.Member()).Caller.Get($"redemptions/{again.Id}/receipt")).Refused(HttpStatusCode.NotFound, "redemption.unknown");
        await app.Sweep("books.reconcile");
        Assert.Null((await app.Read(1, db => Task.FromResult(db.Set<BookCheckRow>().Single()))).Fault);
        await market.Relay();
        Assert.Contains("爱心午餐：饭不热。10 枚已退回。", (await member.Get("/api/v1/messages")).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_large_one_waits_for_the_member_and_nobody_serves_themselves(DatabaseKind database)
    {
        var market = await Market.Open(database, Market.Lunch(coins: 60, from: "00:00:00"));
        await using var app = market.App;
        var ((member, id), (clerk, clerkId)) = (await market.Member(300), await app.Member("小张"));
        await market.Shop.Hire(clerk);
        await market.Give(clerkId, 100);
        await market.Pin();
        var phone = await market.Phone(member);
        var large = (await market.Scan(clerk, market.MyCode(phone))).Ok<TillItem>();
        Assert.Equal((RedemptionState.Held, true), (large.State, large.AwaitsMember));
        (await market.HandOver(clerk, large.Id)).Refused(HttpStatusCode.Conflict, "redemption.awaits_member");
        await market.Relay();
        Assert.Contains("社区食堂请您确认：爱心午餐，60 枚。10:15 前点【确认】才会换；不是您换的，点【不是我】。", (await member.Get("/api/v1/messages")).Text, StringComparison.Ordinal);
        (await (await market.Member()).Caller.Post($"redemptions/{large.Id}/consent", new { isYes = true })).Refused(HttpStatusCode.NotFound, "redemption.unknown");
        Assert.False((await member.Post($"redemptions/{large.Id}/consent", new { isYes = true })).Ok<MyRedemptions.Item>().AwaitsConsent);
        Assert.Equal(RedemptionState.Captured, (await market.HandOver(clerk, large.Id)).Ok<EndRedemption.Response>().State);
        app.Time.Advance(TimeSpan.FromSeconds(30));
        var denied = (await market.Scan(clerk, market.MyCode(phone))).Ok<TillItem>();
        Assert.Equal(RedemptionState.Cancelled, (await member.Post($"redemptions/{denied.Id}/consent", new { isYes = false })).Ok<MyRedemptions.Item>().State);
        Assert.Equal((240, 0), await market.Coins(id));

        // A clerk's own: not by the clerk, but by another.
        (await market.Scan(clerk, market.MyCode(await market.Phone(clerk)))).Refused(HttpStatusCode.Conflict, "redemption.own");
        var own = await market.Held(clerk);
        (await market.HandOver(clerk, own.Id)).Refused(HttpStatusCode.Conflict, "redemption.own");
        Assert.Equal(RedemptionState.Captured, (await market.HandOver(market.Shop.Owner, own.Id)).Ok<EndRedemption.Response>().State);
        (await clerk.Post($"merchants/{market.Shop.Id}/redemptions/{own.Id}/refunds", new { coins = 5, reason = "不要了" })).Refused(HttpStatusCode.Conflict, "redemption.own");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_card_needs_a_witness_has_a_limit_and_the_family_is_told_and_may_collect(DatabaseKind database)
    {
        var market = await Market.Open(database, Market.Lunch(coins: 30, from: "00:00:00"));
        await using var app = market.App;
        var ((elder, id), (son, _), (helper, _), clerk) = (await market.Member(200, "王奶奶"), await app.Member("王儿子"), await app.Member("张姐"), await market.Clerk());
        var card = (await market.Shop.Staff.Post("cards", new { memberId = id })).Ok<ListCards.Item>();
        var number = (await market.Shop.Staff.Post($"cards/{card.Id}/printing")).Ok<PrintCard.Response>().Number;
        var witness = (await helper.Post("volunteer")).Ok<VolunteerCard>().Number;
        var code = (await elder.Post("family/code", new { rights = new Rights(false, true, true) })).Ok<FamilyCodeShown>();
        (await son.Post("family", new { code = code.Code })).Ok<LinkFamily.Item>();
        Task<Answer> Use(string by, string of, int quantity = 1) => clerk.Post($"merchants/{market.Shop.Id}/till/cards", new { cardCode = of, witness = by, offerId = market.Offer, version = market.Version, quantity });
        (await Use("2026999999", number)).Refused(HttpStatusCode.Conflict, "till.witness_unfit");
        (await Use(witness, "0000000000000000")).Refused(HttpStatusCode.NotFound, "card.unknown");
        var used = (await Use(witness, number)).Ok<TillItem>();
        Assert.Equal((RedemptionChannel.Card, "王**", RedemptionState.Held), (used.Channel, used.Name, used.State));
        (await market.HandOver(clerk, used.Id)).Ok<EndRedemption.Response>();
        (await Use(witness, number, 2)).Refused(HttpStatusCode.Conflict, "redemption.card_limit");
        await market.Relay();
        Assert.Contains("在社区食堂换了爱心午餐，用了 30 枚。", (await son.Get("/api/v1/messages")).Text, StringComparison.Ordinal);

        // 代取: the son sees the number of what she holds, and says it.
        var held = await market.Held(elder);
        var forHer = Assert.Single((await son.Get("family-redemptions")).Ok<List<MyRedemptions.FamilyItem>>());
        Assert.Equal(("王奶奶", held.Number, held.Id), (forHer.Name, forHer.Redemption.Number, forHer.Redemption.Id));
        (await son.Get($"redemptions/{held.Id}")).Ok<MyRedemptions.Item>();
        (await helper.Get($"redemptions/{held.Id}")).Refused(HttpStatusCode.NotFound, "redemption.unknown");
        Assert.Empty((await helper.Get("family-redemptions")).Ok<List<MyRedemptions.FamilyItem>>());
        (await market.HandOver(clerk, held.Id, isForFamily: true)).Ok<EndRedemption.Response>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Without_network_holds_are_extended_once_and_a_pause_stops_everything_but_going_back(DatabaseKind database)
    {
        var market = await Market.Open(database);
        await using var app = market.App;
        var ((member, id), clerk, staff) = (await market.Member(200), await market.Clerk(), market.Shop.Staff);
        var (first, second) = (await market.Held(member), await market.Held(member));
        Task<Answer> Extend(TestCaller by) => by.Post($"merchants/{market.Shop.Id}/till/extension");
        var until = first.ExpiresAt + ExchangeLimits.Extension;
        Assert.Equal(new ExtendTill.Response(2, until), (await Extend(staff)).Ok<ExtendTill.Response>());
        Assert.Equal(new ExtendTill.Response(2, until), (await Extend(clerk)).Ok<ExtendTill.Response>());
        (await Extend((await market.Member()).Caller)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        app.Time.SetUtcNow(until - TimeSpan.FromMilliseconds(1));
        (clerk, staff, member) = (app.Fresh(clerk), app.Fresh(staff), app.Fresh(member));
        Assert.Equal(RedemptionState.Captured, (await market.HandOver(clerk, first.Id)).Ok<EndRedemption.Response>().State);

        (await staff.Post("coins/pauses", new { flow = "redeeming", isPause = true, reason = "系统检修" })).Ok<Phoenix.App.Bookkeeping.Coins.PauseCoins.Response>();
        Assert.Equal("社区暂停兑换：系统检修。您的币都在，恢复后可以接着用。", (await market.HandOver(clerk, second.Id)).Refused(HttpStatusCode.Conflict, "redemption.paused").Title);
        Assert.Equal(RedemptionState.Cancelled, (await Market.Cancel(member, second.Id)).Ok<EndRedemption.Response>().State);
        app.Time.SetUtcNow(PhoenixApp.DefaultStart + TimeSpan.FromDays(1));
        (await market.Hold(app.Fresh(member))).Refused(HttpStatusCode.Conflict, "redemption.paused");
        (await app.Fresh(staff).Post("coins/pauses", new { flow = "redeeming", isPause = false, reason = "好了" })).Ok<Phoenix.App.Bookkeeping.Coins.PauseCoins.Response>();
        var held = await market.Held(app.Fresh(member));
        Assert.Equal(1, held.Number);

        // A merchant with something held doesn't leave; suspended it gives nothing, and what is held goes back.
        (await MerchantTests.SetState(app.Fresh(staff), market.Shop.Id, "left")).Refused(HttpStatusCode.Conflict, "merchant.has_holds");
        (await MerchantTests.SetState(app.Fresh(staff), market.Shop.Id, "paused")).Ok<ListMerchants.Item>();
        (await market.HandOver(app.Fresh(clerk), held.Id)).Refused(HttpStatusCode.Conflict, "merchant.not_active");
        (await market.Hold(app.Fresh(member))).Refused(HttpStatusCode.Conflict, "merchant.not_active");
        (await Market.Cancel(app.Fresh(member), held.Id)).Ok<EndRedemption.Response>();
        (await MerchantTests.SetState(app.Fresh(staff), market.Shop.Id, "left")).Ok<ListMerchants.Item>();
        Assert.Equal(182, (await market.Coins(id)).Available);
    }
}
