using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Agreements;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Redemption.Pool;
using Phoenix.App.Tests.Harness;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Redemption;

/// <summary>What stands around the till: disputes, odd patterns, the nightly proof, the pool, partnerships, codes, what a person gets of it all.</summary>
public sealed class CareTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_member_disputes_a_capture_and_staff_answer_with_coins_in_one_step(DatabaseKind database)
    {
        var market = await Market.Open(database);
        await using var app = market.App;
        var ((member, id), clerk) = (await market.Member(), await market.Clerk());
        var held = await market.Held(member);
        Task<Answer> Ask(TestCaller by, Guid of, string text = "没有拿到饭") => by.Post($"redemptions/{of}/disputes", new { text });
        (await Ask(member, held.Id)).Refused(HttpStatusCode.Conflict, "dispute.not_possible");
        (await market.HandOver(clerk, held.Id)).Ok<EndRedemption.Response>();
        (await Ask((await market.Member()).Caller, held.Id)).Refused(HttpStatusCode.NotFound, "redemption.unknown");
        var dispute = (await Ask(member, held.Id)).Ok<DisputeRedemption.Item>();
        (await Ask(member, held.Id)).Refused(HttpStatusCode.Conflict, "dispute.waits");
        Assert.Equal(dispute, Assert.Single((await member.Get($"redemptions/{held.Id}/disputes")).Ok<DisputeRedemption.MineResponse>().Items));
        (await (await market.Member()).Caller.Get($"redemptions/{held.Id}/disputes")).Refused(HttpStatusCode.NotFound, "redemption.unknown");
        var staff = market.Shop.Staff;
        Assert.Equal(dispute, Assert.Single((await staff.Get("redemption-disputes?state=open")).Ok<Page<DisputeRedemption.Item>>().Items));
        Task<Answer> Answered(TestCaller by, object body) => by.Post($"redemption-disputes/{dispute.Id}/answer", body);
        (await Answered(staff, new { isAccepted = false, answer = "已核对", refundCoins = 3 })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Answered(staff, new { isAccepted = true, answer = "已核对", refundCoins = 19 })).Refused(HttpStatusCode.Conflict, "ledger.refund_too_much");
        var (both, _) = await app.Member("兼职店员", Role.Staff);
        await market.Shop.Hire(both);
        (await Answered(both, new { isAccepted = false, answer = "没有问题" })).Refused(HttpStatusCode.Conflict, "dispute.own");
        var done = (await Answered(staff, new { isAccepted = true, answer = "商家漏给了，币退给您", refundCoins = 18 })).Ok<DisputeRedemption.Item>();
        Assert.Equal((DisputeState.Accepted, 18L, (50L, 0L), 0L), (done.State, done.RefundedCoins, await market.Coins(id), await market.Received()));
        Assert.Equal(done, Assert.Single((await member.Get($"redemptions/{held.Id}/disputes")).Ok<DisputeRedemption.MineResponse>().Items));
        (await Answered(staff, new { isAccepted = false, answer = "没有问题" })).Refused(HttpStatusCode.Conflict, "dispute.answered");

        var second = await market.Held(member);
        (await market.HandOver(clerk, second.Id)).Ok<EndRedemption.Response>();
        app.Time.Advance(ExchangeLimits.DisputeWithin);
        (await Ask(app.Fresh(member), second.Id)).Refused(HttpStatusCode.Conflict, "dispute.not_possible");
        var sections = await Data(app, d => d.Export(member.PersonId, CancellationToken.None));
        Assert.Equal(2, sections.Single(s => s.Title == "我的兑换").Rows.Count);
        await Data<object?>(app, async d =>
        {
            await d.Erase(member.PersonId, Departure.Account, CancellationToken.None);
            return null;
        });
        Assert.Equal("（已删除）", await app.Read(1, db => db.Set<RedemptionDispute>().Select(d => d.Text).SingleAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Bursts_and_people_who_serve_each_other_are_noted_once(DatabaseKind database)
    {
        var market = await Market.Open(database, Market.Lunch(coins: 1));
        await using var app = market.App;
        var ((clerk, clerkId), (other, otherId)) = (await app.Member("小张"), await app.Member("小李"));
        await market.Shop.Hire(clerk);
        await market.Shop.Hire(other);
        await market.Give(clerkId, 20);
        await market.Give(otherId, 20);
        for (var i = 0; i < FindPatterns.BurstCount; i++)
        {
            (await market.HandOver(clerk, (await market.Held(other)).Id)).Ok<EndRedemption.Response>();
            if (i < FindPatterns.BurstCount - 2)
                app.Time.Advance(TimeSpan.FromMinutes(2));
        }

        await app.Sweep("redemptions.patterns");
        Assert.Equal(FlagKind.Burst, Assert.Single(await Flags(app, market)).Kind);
        (await market.HandOver(other, (await market.Held(clerk)).Id)).Ok<EndRedemption.Response>();
        await app.Sweep("redemptions.patterns");
        await app.Sweep("redemptions.patterns");
        var flags = await Flags(app, market);
        var pair = Assert.Single(flags, f => f.Kind == FlagKind.Reciprocal);
        Assert.Equal((2, FindPatterns.BurstCount + 1), (flags.Count, pair.Count));
        Assert.Equal(new[] { clerkId, otherId }.Order(), new[] { pair.MemberId, pair.OtherMemberId!.Value }.Order());
        var staff = app.Fresh(market.Shop.Staff);
        Assert.Equal("问过了，是同事聚餐", (await staff.Post($"redemption-flags/{pair.Id}/review", new { note = "问过了，是同事聚餐" })).Ok<ReviewFlags.Item>().Note);
        (await staff.Post($"redemption-flags/{pair.Id}/review", new { note = "再看一次" })).Refused(HttpStatusCode.Conflict, "redemption_flag.reviewed");
        (await staff.Post($"redemption-flags/{app.NewRequestId()}/review", new { note = "再看一次" })).Refused(HttpStatusCode.NotFound, "redemption_flag.unknown");
        (await app.Fresh(clerk).Get("redemption-flags")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
    }

    [Theory]
    [InlineData("drop trigger redemptions_contents", "update redemptions set coins = coins + 1", "redemptions.differs")]
    [InlineData("drop trigger redemption_refunds_delete", "delete from redemption_refunds", "redemptions.refunds")]
    [InlineData("drop trigger if exists ledger_counters_keep", "update ledger_counters set used = used + 1, cap = cap + 1", "redemptions.stock")]
    public async Task The_nightly_check_finds_what_does_not_agree_and_freezes(string open, string planted, string fault)
    {
        var market = await Market.Open(DatabaseKind.Sqlite, Market.Lunch(perDay: 9, total: 90));
        await using var app = market.App;
        var ((member, _), clerk) = (await market.Member(200), await market.Clerk());
        var held = await market.Held(member);
        (await market.HandOver(clerk, held.Id)).Ok<EndRedemption.Response>();
        (await clerk.Post($"merchants/{market.Shop.Id}/redemptions/{held.Id}/refunds", new { coins = 5, reason = "饭不热" })).Ok<RefundRedemption.Response>();
        await market.Held(member);
        await app.Sweep("books.reconcile");
        Assert.Null((await app.Read(1, db => db.Set<BookCheckRow>().SingleAsync())).Fault);
        app.Time.Advance(TimeSpan.FromHours(1));
        await app.Read(1, async db => await db.Database.ExecuteSqlRawAsync(open) + await db.Database.ExecuteSqlRawAsync(planted));
        await app.Sweep("books.reconcile");
        Assert.StartsWith(fault, (await app.Read(1, db => db.Set<BookCheckRow>().SingleAsync())).Fault, StringComparison.Ordinal);
        Assert.Contains(app.Logs.Lines, l => l.Level == Microsoft.Extensions.Logging.LogLevel.Critical);
        Assert.True((await app.Services.GetRequiredService<LedgerReads>().Policy(1, CancellationToken.None))!.RedeemFrozen);
        (await market.Hold(app.Fresh(member))).Refused(HttpStatusCode.Conflict, "redemption.paused");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Gifts_go_into_the_pool_and_out_only_to_named_people_by_two(DatabaseKind database)
    {
        var market = await Market.Open(database);
        await using var app = market.App;
        var ((giver, giverId), (elder, elderId), staff, request) = (await market.Member(50), await market.Member(0, "刘奶奶"), market.Shop.Staff, app.NewRequestId());
        (await giver.Post("coins/gifts", new { coins = 51 })).Refused(HttpStatusCode.Conflict, "ledger.insufficient");
        var gift = (await giver.Post("coins/gifts", new { coins = 20 }, request)).Ok<GiveToPool.Response>();
        Assert.Equal(gift, (await giver.Post("coins/gifts", new { coins = 20 }, request)).Ok<GiveToPool.Response>());
        Assert.Equal(20, (await elder.Get("coins/pool")).Ok<GiveToPool.View>().Coins);
        Task<Answer> Grant(TestCaller by, params (Guid Member, long Coins)[] to) => by.Post("coins/pool/grants", new { recipients = to.Select(t => new { memberId = t.Member, coins = t.Coins }), reason = "高龄关怀" });
        (await Grant(staff, (elderId, 21))).Refused(HttpStatusCode.Conflict, "pool.too_small");
        (await Grant(staff, (app.NewRequestId(), 1))).Refused(HttpStatusCode.Conflict, "pool.recipient_unknown");
        (await Grant(staff, (elderId, 1), (elderId, 2))).Refused(HttpStatusCode.Conflict, "pool.recipient_unknown");
        var (maker, makerId) = await app.Member("李主任", Role.Staff);
        (await Grant(maker, (makerId, 1))).Refused(HttpStatusCode.Conflict, "pool.own");
        var (treasurer, treasurerId) = await app.Member("陈会计", Role.Treasurer);
        var forChecker = (await Grant(staff, (treasurerId, 1))).Ok<SpendPool.Response>();
        (await MerchantTests.Decide(treasurer, forChecker.ApprovalId)).Refused(HttpStatusCode.Conflict, "approval.own");
        var waits = (await Grant(staff, (elderId, 12))).Ok<SpendPool.Response>();
        (await MerchantTests.Decide(treasurer, waits.ApprovalId)).Ok<ListApprovals.Item>();
        Assert.Equal((12, 0), await market.Coins(elderId));
        var retire = (await staff.Post("coins/pool/retirements", new { coins = 8, reason = "年底清零" })).Ok<SpendPool.Response>();
        (await MerchantTests.Decide(treasurer, retire.ApprovalId)).Ok<ListApprovals.Item>();
        Assert.Equal(0, (await elder.Get("coins/pool")).Ok<GiveToPool.View>().Coins);
        Assert.Equal((30, 0), await market.Coins(giverId));
        (await MerchantTests.Decide(market.Shop.Treasurer, forChecker.ApprovalId)).Refused(HttpStatusCode.Conflict, "pool.too_small");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Partnerships_are_signed_by_two_of_staff_listed_by_alphabet_and_ended(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (maker, checker, (resident, _)) = (await app.Staff(), await app.Staff(), await app.Member("王阿姨"));
        async Task<SignPartnership.Response> Propose(string partner, string startsOn = "2026-11-01", string? endsOn = null) =>
            (await maker.Post("partnerships", new { partner, kind = "red", commitments = "每月一次义诊", startsOn, endsOn })).Ok<SignPartnership.Response>();
        (await maker.Post("partnerships", new { partner = "中医院", kind = "red", commitments = "义诊", startsOn = "2026-11-02", endsOn = "2026-11-01" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var (clinic, bank, over) = (await Propose("中医院"), await Propose("成都银行"), await Propose("爱心车队", endsOn: "2026-11-22"));
        (await MerchantTests.Decide(maker, clinic.ApprovalId)).Refused(HttpStatusCode.Conflict, "approval.own");
        foreach (var one in (SignPartnership.Response[])[clinic, bank, over])
            (await MerchantTests.Decide(checker, one.ApprovalId)).Ok<ListApprovals.Item>();
        var page = (await resident.Get("partnerships?limit=1")).Ok<Page<SignPartnership.Item>>();
        Assert.Equal("成都银行", Assert.Single(page.Items).Partner);
        Assert.Equal("中医院", Assert.Single((await resident.Get($"partnerships?limit=1&cursor={page.Next}")).Ok<Page<SignPartnership.Item>>().Items).Partner);
        (await maker.Post($"partnerships/{bank.Id}/end")).Ok<SignPartnership.Item>();
        (await maker.Post($"partnerships/{bank.Id}/end")).Refused(HttpStatusCode.Conflict, "partnership.over");
        (await maker.Post($"partnerships/{app.NewRequestId()}/end")).Refused(HttpStatusCode.NotFound, "partnership.unknown");
        Assert.Equal("中医院", Assert.Single((await resident.Get("partnerships")).Ok<Page<SignPartnership.Item>>().Items).Partner);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Codes_for_something_else_or_forged_or_old_do_nothing_and_the_till_works_without_Redis(DatabaseKind database)
    {
        await using var redis = await RedisServer.Create();
        await using var app = await PhoenixApp.Start(database, redis: redis.Address);
        var market = await Market.Open(app, Market.Lunch(from: "00:00:00"));
        await market.Pin();
        var ((member, id), clerk) = (await market.Member(), await market.Clerk());
        var phone = await market.Phone(member);
        await redis.Kill();
        (await market.Scan(clerk, market.MyCode(phone, purpose: "check-in", audience: "leader"))).Refused(HttpStatusCode.Conflict, "code.elsewhere");
        (await market.Scan(clerk, market.MyCode(phone, audience: "leader"))).Refused(HttpStatusCode.BadRequest, "code.unreadable");
        (await market.Scan(clerk, "https://example.cn/q/my.till.1.x.1.x")).Refused(HttpStatusCode.BadRequest, "code.unreadable");
        (await market.Scan(clerk, market.MyCode(phone, -2))).Refused(HttpStatusCode.Gone, "code.over");
        Assert.Equal((50, 0), await market.Coins(id));

        // One code at two tills at once.
        var code = market.MyCode(phone);
        var both = await Task.WhenAll(market.Scan(clerk, code), market.Scan(market.Shop.Owner, code));
        Assert.Single(both, a => a.Status == HttpStatusCode.OK);
        Assert.Single(both, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "code.used");
        Assert.Equal((32, 0), await market.Coins(id));
        var held = await market.Held(member);
        var ends = await Task.WhenAll(market.HandOver(clerk, held.Id), Market.Cancel(member, held.Id));
        Assert.Equal(ends[0].Ok<EndRedemption.Response>(), ends[1].Ok<EndRedemption.Response>());
        for (var i = 0; i < ShowTill.LookUps.Permits; i++)
            await clerk.Get($"merchants/{market.Shop.Id}/till/numbers/{i + 10}");
        (await clerk.Get($"merchants/{market.Shop.Id}/till/numbers/1")).Refused(HttpStatusCode.TooManyRequests, "limit.reached");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_merchant_s_code_opens_the_pinned_offer_which_is_held_for_a_quarter_of_an_hour(DatabaseKind database)
    {
        var market = await Market.Open(database, Market.Lunch(from: "00:00:00"));
        await using var app = market.App;
        await market.Pin();
        var ((member, _), clerk) = (await market.Member(), await market.Clerk());
        var image = await market.Shop.Owner.Get($"merchants/{market.Shop.Id}/code");
        Assert.Equal(HttpStatusCode.OK, image.Status);
        (await clerk.Get($"merchants/{market.Shop.Id}/code")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        var scene = await app.Read(1, db => db.Set<Phoenix.App.MiniProgram.Codes.CodeScene>().Select(s => s.Scene).SingleAsync());
        var opened = (await member.Get($"/api/v1/scenes/{scene}")).Json;
        Assert.Equal(("merchant", market.Shop.Id), (opened.GetProperty("purpose").GetString(), opened.GetProperty("subject").GetGuid()));
        var pinned = Assert.Single((await member.Get($"offers?merchant={market.Shop.Id}")).Ok<Page<Phoenix.App.Redemption.Offers.OfferView>>().Items, o => o.IsPinned);
        var held = (await market.Hold(member, isAtTill: true, offer: pinned.Id, version: pinned.Version)).Ok<HoldOffer.Response>();
        Assert.Equal(app.Now + ExchangeLimits.AtTill, held.ExpiresAt);

        // A retry a minute later is the same exchange, though its quarter of an hour would be another.
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(held, (await market.Hold(member, isAtTill: true, requestId: held.Id)).Ok<HoldOffer.Response>());
        app.Time.SetUtcNow(held.ExpiresAt);
        Assert.Equal(RedemptionState.Expired, (await market.HandOver(app.Fresh(clerk), held.Id)).Ok<EndRedemption.Response>().State);
    }

    private static async Task<IReadOnlyList<ReviewFlags.Item>> Flags(PhoenixApp app, Market market) => (await app.Fresh(market.Shop.Staff).Get("redemption-flags")).Ok<Page<ReviewFlags.Item>>().Items;

    private static async Task<T> Data<T>(PhoenixApp app, Func<IPersonalData, Task<T>> ask)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        return await ask(scope.ServiceProvider.GetServices<IPersonalData>().Single(d => d.GetType().Name == "PersonalRedemptions"));
    }
}
