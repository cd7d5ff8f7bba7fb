using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Bookkeeping.Coins;
using Phoenix.App.Community;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Http;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Tests.Harness;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Bookkeeping;

/// <summary>What a member sees of their coins, and what staff can do about all of them.</summary>
public sealed class CoinTests
{
    private static readonly DateOnly s_early = new(2026, 12, 31);
    private static readonly DateOnly s_late = new(2027, 12, 31);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_member_sees_how_many_until_when_and_why(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (member, id) = await app.Member("王阿姨");
        Assert.Equal((0L, 0L), Sums((await member.Get("coins")).Ok<GetCoins.Response>()));
        Assert.Empty((await member.Get("coins/entries")).Ok<Page<ListCoinEntries.Item>>().Items);

        await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(id, s_late), 25) { Ref = "record:1", Rule = "per-hour/1", Reason = "楼栋关怀 2.5 小时" });
        await Post(app, new Move(PostingKind.Grant, AccountKey.Issuance(), AccountKey.Lot(id, s_early), 5) { Ref = "grant:1", Rule = "grant/1", Reason = "拾金不昧" });
        var hold = await Post(app, new PlaceHold(id, AccountKey.Merchant(app.NewRequestId()), 18, PhoenixApp.DefaultStart.AddHours(1)) { Ref = "redemption:1", Reason = "爱心午餐" });

        var coins = (await member.Get($"coins?seen={hold}")).Ok<GetCoins.Response>();
        Assert.Equal((12L, 18L), Sums(coins));
        Assert.Equal([new GetCoins.Lot(12, s_late)], coins.Lots);
        await Post(app, new ReleaseHold(hold));
        var after = (await member.Get($"coins?seen={hold + 1}")).Ok<GetCoins.Response>();
        Assert.Equal([new GetCoins.Lot(5, s_early), new GetCoins.Lot(25, s_late)], after.Lots);

        var why = (await member.Get("coins/why")).Ok<ExplainCoins.Response>().Items;
        Assert.Equal(
            ["5 枚，2026 年 11 月 23 日表扬发放“拾金不昧”，2026 年 12 月 31 日前可用。", "25 枚，2026 年 11 月 23 日服务所得“楼栋关怀 2.5 小时”，2027 年 12 月 31 日前可用。"],
            why.Select(w => w.Why));
        Assert.Equal(("per-hour/1", "record:1"), (why[1].Rule, why[1].Reference));

        var first = (await member.Get("coins/entries?limit=3")).Ok<Page<ListCoinEntries.Item>>();
        Assert.Equal([(18, "已退回"), (-18, "留着"), (5, "表扬发放")], first.Items.Select(i => ((int)i.Change, i.Title)));
        var second = (await member.Get($"coins/entries?limit=3&cursor={first.Next}")).Ok<Page<ListCoinEntries.Item>>();
        Assert.Equal([(25, "服务所得")], second.Items.Select(i => ((int)i.Change, i.Title)));
        Assert.Null(second.Next);

        // The day after their last day coins are gone from the page, before any job has booked them out.
        app.Time.SetUtcNow(new(2026, 12, 31, 15, 59, 59, TimeSpan.Zero));
        member = app.Fresh(member);
        Assert.Equal(30, (await member.Get("coins")).Ok<GetCoins.Response>().Available);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(25, (await member.Get("coins")).Ok<GetCoins.Response>().Available);
        Assert.Single((await member.Get("coins/why")).Ok<ExplainCoins.Response>().Items);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Another_member_and_another_community_see_nothing_of_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (_, id) = await app.Member("王阿姨");
        var (other, _) = await app.Member("李叔");
        await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(id, s_late), 25));
        Assert.Equal(0, (await other.Get("coins")).Ok<GetCoins.Response>().Available);
        Assert.Empty((await other.Get("coins/why")).Ok<ExplainCoins.Response>().Items);
        (await other.In(TestDatabases.OtherCommunity).Get("coins")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await (await app.Person(Role.Member)).Get("coins")).Refused(HttpStatusCode.NotFound, "coins.no_membership");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Issuing_and_redeeming_are_paused_and_resumed_each_by_itself_with_the_reason_shown(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var (member, id) = await app.Member("王阿姨");
        await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(id, s_late), 25));
        var request = app.NewRequestId();
        var paused = await Pause(staff, CoinFlow.Redeeming, true, "系统升级，下午恢复", request);
        Assert.Equal(new PauseCoins.Response(null, "系统升级，下午恢复"), paused.Ok<PauseCoins.Response>());
        Assert.Equal(paused.Text, (await Pause(staff, CoinFlow.Redeeming, true, "系统升级，下午恢复", request)).Text);
        (await Pause(staff, CoinFlow.Redeeming, true, "再停一次")).Refused(HttpStatusCode.Conflict, "coins.pause_unchanged");
        Assert.Equal("系统升级，下午恢复", (await member.Get("coins")).Ok<GetCoins.Response>().RedeemPaused);
        Assert.Equal("ledger.redeem_frozen", (await Try(app, new PlaceHold(id, AccountKey.Merchant(id), 1, PhoenixApp.DefaultStart.AddHours(1)))).Error?.Code);

        await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(id, s_late), 1));
        (await Pause(staff, CoinFlow.Issuing, true, "核对规则")).Ok<PauseCoins.Response>();
        Assert.Equal("ledger.issue_frozen", (await Try(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(id, s_late), 1))).Error?.Code);
        Assert.Equal(new PauseCoins.Response("核对规则", null), (await Pause(staff, CoinFlow.Redeeming, false, "升级好了")).Ok<PauseCoins.Response>());
        Assert.Equal([(CoinFlow.Redeeming, false), (CoinFlow.Issuing, true), (CoinFlow.Redeeming, true)], (await staff.Get("coins/pauses")).Ok<Page<ListCoinPauses.Item>>().Items.Select(i => (i.Flow, i.IsPause)));
        (await Pause(staff, CoinFlow.Issuing, false, "好")).Refused(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_the_night_found_is_cleared_up_before_anybody_resumes(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var (member, _) = await app.Member("王阿姨");
        await Post(app, new SetPolicy(true, true, 0));
        await app.Write(Seeding.CommunityId, db => db.Add(new BookCheckRow { CommunityId = Seeding.CommunityId, Date = new(2026, 11, 23), Hash = new string('0', 64), Fault = "books.balance: 1: kept 2, journal 3" }));
        Assert.Equal("社区正在核对账目，您的币都在。", (await member.Get("coins")).Ok<GetCoins.Response>().RedeemPaused);
        (await Pause(staff, CoinFlow.Redeeming, false, "应该没事")).Refused(HttpStatusCode.Conflict, "coins.books_disagree");

        await app.Write(Seeding.CommunityId, db => db.Add(new BookCheckRow { CommunityId = Seeding.CommunityId, Date = new(2026, 11, 24), Hash = new string('0', 64) }));
        Assert.Null((await Pause(staff, CoinFlow.Redeeming, false, "查清了")).Ok<PauseCoins.Response>().RedeemPaused);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task All_coins_that_end_on_a_day_get_a_later_one_when_the_treasurer_agrees(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, treasurer) = (await app.Staff(), await app.Person(Role.Treasurer));
        var members = new List<(TestCaller Caller, Guid Id)>();
        for (var i = 0; i < 3; i++)
        {
            members.Add(await app.Member($"居民{i}"));
            await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(members[i].Id, s_early), 10 + i));
        }

        (await Extend(staff, s_early.AddDays(1), s_late)).Refused(HttpStatusCode.Conflict, "coins.nothing_to_extend");
        (await Extend(staff, s_early, s_early)).Refused(HttpStatusCode.BadRequest, "coins.extension_dates_bad");
        var approval = (await Extend(staff, s_early, s_late)).Ok<ExtendCoins.Response>().ApprovalId;
        (await Extend(staff, s_early, s_late)).Refused(HttpStatusCode.Conflict, "approval.already_proposed");
        await app.Sweep("coins.extend");
        Assert.Equal(s_early, (await members[0].Caller.Get("coins")).Ok<GetCoins.Response>().Lots[0].ExpiresOn);

        (await treasurer.Post($"approvals/{approval}/decision", new { approve = true })).Ok<ListApprovals.Item>();
        await Task.WhenAll(app.Sweep("coins.extend"), app.Sweep("coins.extend"));
        await app.Sweep("coins.extend");
        for (var i = 0; i < 3; i++)
        {
            var seen = (await members[i].Caller.Get("coins")).Ok<GetCoins.Response>();
            Assert.Equal([new GetCoins.Lot(10 + i, s_late)], seen.Lots);
            var entries = (await members[i].Caller.Get("coins/entries")).Ok<Page<ListCoinEntries.Item>>().Items;
            Assert.Equal([(0, "有效期延长", "疫情停办"), (10 + i, "服务所得", null)], entries.Select(e => ((int)e.Change, e.Title, e.Note)));
        }

        // Coins that come back to the old day later are extended too.
        await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(members[0].Id, s_early), 2));
        await app.Sweep("coins.extend");
        Assert.Equal([new GetCoins.Lot(12, s_late)], (await members[0].Caller.Get("coins")).Ok<GetCoins.Response>().Lots);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_extension_that_could_not_be_carried_out_in_time_is_refused_when_it_is_decided(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database, at: new(2026, 12, 31, 14, 59, 59, TimeSpan.Zero));
        var (staff, treasurer) = (await app.Staff(), await app.Person(Role.Treasurer));
        var (_, id) = await app.Member("王阿姨");
        await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(id, s_early), 10));
        var approval = (await Extend(staff, s_early, s_late)).Ok<ExtendCoins.Response>().ApprovalId;
        app.Time.Advance(TimeSpan.FromSeconds(2));
        (await treasurer.Post($"approvals/{approval}/decision", new { approve = true })).Refused(HttpStatusCode.BadRequest, "coins.extension_dates_bad");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Coins_are_announced_once_thirty_days_before_they_end_and_a_missed_morning_is_made_up_for(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database, at: new(2026, 11, 30, 1, 0, 0, TimeSpan.Zero));
        var (member, id) = await app.Member("王阿姨");
        await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(id, s_early), 12));
        await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(id, s_late), 25));
        await app.Sweep("coins.announce-expiry");
        Assert.Equal(0, await Told(app, member));
        app.Time.Advance(TimeSpan.FromDays(3));
        await Task.WhenAll(app.Sweep("coins.announce-expiry"), app.Sweep("coins.announce-expiry"));
        await app.Sweep("coins.announce-expiry");
        Assert.Equal(1, await Told(app, member));
    }

    private static Task<int> Told(PhoenixApp app, TestCaller member) =>
        app.Read(Seeding.CommunityId, db => db.Set<InboxMessage>().CountAsync(m => m.PersonId == member.PersonId));

    private static (long Available, long Held) Sums(GetCoins.Response coins) => (coins.Available, coins.Held);

    private static Task<Answer> Pause(TestCaller staff, CoinFlow flow, bool isPause, string reason, Guid? requestId = null) =>
        staff.Post("coins/pauses", new PauseCoins.Request(flow, isPause, reason), requestId);

    private static Task<Answer> Extend(TestCaller staff, DateOnly from, DateOnly to) => staff.Post("coins/extensions", new ExtendCoins.Request(from, to, "疫情停办"));

    private static Task<Phoenix.Platform.Results.Result<Posted>> Try(PhoenixApp app, LedgerCommand command) =>
        app.Services.GetRequiredService<LedgerPoster>().Post(new LedgerRequest(Seeding.CommunityId, app.NewRequestId(), Guid.Empty, "test", command), CancellationToken.None);

    private static async Task<long> Post(PhoenixApp app, LedgerCommand command) => (await Try(app, command)).Value.First.Seq;
}
