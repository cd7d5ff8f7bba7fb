using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund.Markets;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;
using Phoenix.App.MiniProgram.Codes;
using Phoenix.App.Notifications;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Volunteering;
using Phoenix.Platform.Data;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Fund;

/// <summary>公益集市 from a draft to the settlement.</summary>
public sealed class MarketTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_market_goes_from_a_draft_over_stalls_takings_and_a_receipt_to_thanks(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var (wang, li) = ((await fair.App.Member("王阿姨")).Caller, (await fair.App.Member("理发师老李")).Caller);
        var draft = await fair.Draft();
        Assert.Empty((await fair.App.Anyone.Get("markets")).Ok<Page<PublicMarkets.Item>>().Items);
        (await fair.App.Anyone.Get($"markets/{draft.Id}")).Refused(HttpStatusCode.NotFound, "market.unknown");
        (await Fair.Apply(wang, draft.Id)).Refused(HttpStatusCode.NotFound, "market.unknown");
        (await fair.Staff.Post($"staff/markets/{draft.Id}/opening")).Ok<StaffMarkets.Detail>();
        Assert.Equal(MarketState.Open, (await fair.Staff.Post($"staff/markets/{draft.Id}/opening")).Ok<StaffMarkets.Detail>().State);

        var books = await fair.Approved(wang, draft.Id);
        var hair = await fair.Approved(li, draft.Id, StallKind.Service, "免费理发", pledge: 0);
        Assert.Equal((1, 2, "王阿姨"), (books.Number, hair.Number, books.AdultName));
        var shown = (await fair.App.Anyone.Get($"markets/{draft.Id}")).Ok<PublicMarkets.Detail>();
        Assert.Equal([(1, "旧书摊"), (2, "免费理发")], shown.Stalls.Select(s => (s.Number, s.Title)));
        Assert.Equal(2, Assert.Single((await fair.App.Anyone.Get("markets")).Ok<Page<PublicMarkets.Item>>().Items).Stalls);

        (await Fair.Declare(wang, books.Id, 100)).Refused(HttpStatusCode.Conflict, "market.not_closed");
        (await fair.Staff.Post($"staff/markets/{draft.Id}/closing")).Refused(HttpStatusCode.Conflict, "market.not_begun");
        await fair.Closed(draft.Id);
        (wang, li) = (await fair.App.Later(wang), await fair.App.Later(li));
        (await fair.Staff.Post($"staff/markets/{draft.Id}/settlement", new { })).Refused(HttpStatusCode.Conflict, "market.takings_missing");
        var declared = (await Fair.Declare(wang, books.Id, 12_345)).Ok<MyStalls.Item>();
        Assert.Equal((12_345L, 6_172L), (declared.TakingsFen, declared.PledgedFen));
        (await Fair.Declare(li, hair.Id, 0, served: 31)).Ok<MyStalls.Item>();
        var short2 = (await fair.Staff.Post($"staff/markets/{draft.Id}/settlement", new { })).Refused(HttpStatusCode.Conflict, "market.pledges_short");
        Assert.Contains("承诺 61.72 元，收据入账 0.00 元", short2.Title, StringComparison.Ordinal);

        await fair.Received(6_172, draft.Id, books.Id);
        var settled = (await fair.Staff.Post($"staff/markets/{draft.Id}/settlement", new { })).Ok<StaffMarkets.Detail>();
        Assert.Equal((MarketState.Settled, 2, 12_345L, 6_172L, 6_172L, 31), (settled.State, settled.Approved, settled.TakingsFen, settled.PledgedFen, settled.ReceivedFen, settled.PeopleServed));
        (await fair.Staff.Post($"staff/markets/{draft.Id}/settlement", new { })).Refused(HttpStatusCode.Conflict, "market.not_closed");
        Assert.Equal([NoticeKind.StallAnswered, NoticeKind.StallThanked], await fair.World.Told(wang));
        var mine = Assert.Single((await wang.Get("my/stalls")).Ok<Page<MyStalls.Item>>().Items);
        Assert.Equal((MarketState.Settled, StallState.Approved, 6_172L), (mine.MarketState, mine.State, mine.ReceivedFen));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_market_changes_until_it_begins_and_is_called_off_with_a_word_to_its_stalls(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        (await fair.Staff.Post("staff/markets", Fair.Form(at: fair.App.Now))).Refused(HttpStatusCode.BadRequest, "market.times");
        (await fair.Staff.Post("staff/markets", Fair.Form(stalls: 201))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var id = fair.App.NewRequestId();
        var first = await fair.Staff.Post("staff/markets", Fair.Form(), id);
        var market = first.Ok<StaffMarkets.Detail>();
        Assert.Equal(first.Text, (await fair.Staff.Post("staff/markets", Fair.Form(), id)).Text);
        Assert.Single((await fair.Staff.Get("staff/markets?state=draft")).Ok<Page<StaffMarkets.Detail>>().Items);
        await fair.Staff.Post($"staff/markets/{market.Id}/opening");
        var wang = (await fair.App.Member("王阿姨")).Caller;
        await fair.Approved(wang, market.Id);
        await fair.Approved(wang, market.Id, title: "玩具摊");

        market = await fair.Market(market.Id);
        (await fair.Staff.Put($"staff/markets/{market.Id}", new { form = Fair.Form("晚了"), version = market.Version - 1 })).Refused(HttpStatusCode.Conflict, "market.stale_edit");
        (await fair.Staff.Put($"staff/markets/{market.Id}", new { form = Fair.Form(stalls: 1), version = market.Version })).Refused(HttpStatusCode.Conflict, "market.too_small");
        var moved = (await fair.Staff.Put($"staff/markets/{market.Id}", new { form = Fair.Form("冬日集市", stalls: 2), version = market.Version })).Ok<StaffMarkets.Detail>();
        Assert.Equal(("冬日集市", 2), (moved.Title, moved.MaxStalls));

        (await fair.Staff.Post($"staff/markets/{market.Id}/cancellation", new { reason = "下大雨" })).Ok<StaffMarkets.Detail>();
        (await fair.Staff.Post($"staff/markets/{market.Id}/cancellation", new { reason = "下大雨" })).Refused(HttpStatusCode.Conflict, "market.finished");
        (await fair.Staff.Put($"staff/markets/{market.Id}", new { form = Fair.Form(), version = moved.Version + 1 })).Refused(HttpStatusCode.Conflict, "market.finished");
        (await Fair.Apply(wang, market.Id)).Refused(HttpStatusCode.Conflict, "market.no_applications");
        Assert.Equal("下大雨", (await fair.App.Anyone.Get($"markets/{market.Id}")).Ok<PublicMarkets.Detail>().CancelReason);
        Assert.Equal([NoticeKind.StallAnswered, NoticeKind.StallAnswered, NoticeKind.MarketCancelled], await fair.World.Told(wang));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_residents_will_read_is_checked_before_a_market_opens(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        fair.App.WeChat.Judge = text => text.Contains('坏') ? ContentVerdict.Risky : text.Contains('疑') ? ContentVerdict.Review : ContentVerdict.Pass;
        Assert.NotEqual(HttpStatusCode.OK, (await fair.Staff.Post("staff/markets", Fair.Form("坏集市"))).Status);
        var held = await fair.Draft(Fair.Form("疑集市"));
        Assert.True(held.IsTextHeld);
        (await fair.Staff.Post($"staff/markets/{held.Id}/opening")).Refused(HttpStatusCode.Conflict, "market.text_held");
        var review = Assert.Single((await fair.Staff.Get("content-reviews")).Json.GetProperty("items").EnumerateArray());
        var other = (await fair.App.Member("小张", Role.Staff)).Caller;
        Assert.Equal(HttpStatusCode.OK, (await other.Post($"content-reviews/{review.GetProperty("id").GetString()}/decision", new { mayBeShown = true })).Status);
        var open = (await fair.Staff.Post($"staff/markets/{held.Id}/opening")).Ok<StaffMarkets.Detail>();
        (await fair.Staff.Put($"staff/markets/{held.Id}", new { form = Fair.Form("又疑集市"), version = open.Version })).Refused(HttpStatusCode.Conflict, "market.text_held");

        var wang = (await fair.App.Member("王阿姨")).Caller;
        await fair.World.OnWeChat(wang);
        Assert.NotEqual(HttpStatusCode.OK, (await Fair.Apply(wang, held.Id, title: "坏书摊")).Status);
        (await Fair.Apply(wang, held.Id, title: "疑书摊")).Ok<MyStalls.Item>();
        Assert.DoesNotContain("疑书摊", (await fair.App.Anyone.Get($"markets/{held.Id}")).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_market_that_is_over_closes_itself_once(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        await Fair.Applied((await fair.App.Member("王阿姨")).Caller, market.Id);
        Assert.Contains("1 个摊位申请等审核", await Digest(fair));
        await fair.At(World.Saturday.AddHours(3).AddMilliseconds(-1));
        await fair.App.Sweep("markets.close");
        Assert.Equal(MarketState.Open, (await fair.Market(market.Id)).State);
        await fair.At(World.Saturday.AddHours(3));
        await fair.App.Sweep("markets.close");
        await fair.App.Sweep("markets.close");
        var closed = await fair.Market(market.Id);
        Assert.Equal((MarketState.Closed, market.Version + 1), (closed.State, closed.Version));
        Assert.Contains("1 场集市等结清", await Digest(fair));
        Assert.DoesNotContain("1 个摊位申请等审核", await Digest(fair));
        (await fair.Staff.Post($"staff/markets/{market.Id}/cancellation", new { reason = "下大雨" })).Refused(HttpStatusCode.Conflict, "market.finished");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_pledge_that_did_not_come_needs_a_reason_and_one_receipt_may_cover_the_market(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        var (wang, zhao) = ((await fair.App.Member("王阿姨")).Caller, (await fair.App.Member("赵叔")).Caller);
        var (books, toys) = (await fair.Approved(wang, market.Id, pledge: 100), await fair.Approved(zhao, market.Id, title: "玩具摊", pledge: 10));
        (await fair.Enter(100, market.Id)).Refused(HttpStatusCode.Conflict, "market.not_closed");
        await fair.Closed(market.Id);
        (await Fair.Declare(fair.Staff, books.Id, 3_000)).Ok<MyStalls.Item>();
        (await fair.Enter(100, market.Id, toys.Id)).Refused(HttpStatusCode.Conflict, "stall.no_pledge");
        (await Fair.Declare(fair.Staff, toys.Id, 1_000)).Ok<MyStalls.Item>();
        var another = await fair.Opened(Fair.Form("另一场", at: World.Saturday.AddDays(7)));
        (await fair.Enter(100, market.Id, fair.App.NewRequestId())).Refused(HttpStatusCode.NotFound, "stall.unknown");
        (await fair.Enter(100, another.Id, books.Id)).Refused(HttpStatusCode.Conflict, "market.not_closed");

        var receipt = await fair.Received(3_050, market.Id);
        (await fair.Staff.Post($"staff/markets/{market.Id}/settlement", new { })).Refused(HttpStatusCode.Conflict, "market.pledges_short");
        (await fair.Staff.Post($"staff/markets/{market.Id}/settlement", new { note = "短" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var settled = (await fair.Staff.Post($"staff/markets/{market.Id}/settlement", new { note = "玩具摊少交 0.50" })).Ok<StaffMarkets.Detail>();
        Assert.Equal((3_100L, 3_050L, "玩具摊少交 0.50"), (settled.PledgedFen, settled.ReceivedFen, settled.Note));

        // A receipt that was wrong counts for the market no more, and one may still come.
        var correction = (await fair.Treasurer.Post($"fund/entries/{receipt.EntryId}/correction", new { reason = "收据作废" })).Ok<Phoenix.App.Fund.Book.EntryProposed>();
        await fair.World.Approve(correction.ApprovalId);
        Assert.Equal(0, (await fair.Market(market.Id)).ReceivedFen);
        await fair.Received(3_100, market.Id);
        Assert.Equal(3_100, (await fair.Market(market.Id)).ReceivedFen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_have_the_stalls_as_a_list_and_a_sheet_and_a_stall_has_a_code(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        var (wang, zhao) = ((await fair.App.Member("王阿姨")).Caller, (await fair.App.Member("赵叔")).Caller);
        var books = await fair.Approved(wang, market.Id);
        var waiting = await Fair.Applied(zhao, market.Id, title: "=HYPER 摊");
        Assert.Equal([books.Id, waiting.Id], (await fair.Staff.Get($"staff/markets/{market.Id}/stalls")).Ok<Page<StaffStalls.Item>>().Items.Select(s => s.Id));
        Assert.Equal(waiting.Id, Assert.Single((await fair.Staff.Get($"staff/markets/{market.Id}/stalls?state=applied")).Ok<Page<StaffStalls.Item>>().Items).Id);
        var page = (await fair.Staff.Get($"staff/markets/{market.Id}/stalls?limit=1")).Ok<Page<StaffStalls.Item>>();
        Assert.Equal(waiting.Id, Assert.Single((await fair.Staff.Get($"staff/markets/{market.Id}/stalls?limit=1&cursor={page.Next}")).Ok<Page<StaffStalls.Item>>().Items).Id);
        var rows = Sheet.Read((await fair.Staff.Get($"staff/markets/{market.Id}/stalls.xlsx")).Bytes, ["摊位号", "状态", "摊位名称", "负责的大人"]).Value;
        Assert.Equal([("1", "已通过", "旧书摊", "王阿姨"), ("", "待审核", "=HYPER 摊", "赵叔")], rows.Select(r => (r["摊位号"], r["状态"], r["摊位名称"], r["负责的大人"])));

        Assert.Equal(HttpStatusCode.OK, (await wang.Get($"stalls/{books.Id}/code")).Status);
        (await zhao.Get($"stalls/{books.Id}/code")).Refused(HttpStatusCode.NotFound, "stall.unknown");
        (await fair.Staff.Get($"stalls/{waiting.Id}/code")).Refused(HttpStatusCode.NotFound, "stall.unknown");
        var scene = await fair.App.Read(1, db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(db.Set<CodeScene>()));
        var found = (await zhao.Get($"/api/v1/scenes/{scene.Scene}")).Ok<ResolveScene.Response>();
        Assert.Equal((Phoenix.App.MiniProgram.FixedCode.Stall, books.Id), (found.Purpose, found.Subject));
        Assert.Equal("旧书摊", (await zhao.Get($"stalls/{found.Subject}")).Ok<PublicMarkets.StallItem>().Title);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_neighbour_thanks_a_stall_once_and_nobody_thanks_their_own(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        var (wang, zhao) = ((await fair.App.Member("王阿姨")).Caller, (await fair.App.Member("赵叔")).Caller);
        var (books, waiting) = (await fair.Approved(wang, market.Id), await Fair.Applied(zhao, market.Id));
        (await zhao.Post($"stalls/{books.Id}/thanks")).Refused(HttpStatusCode.Conflict, "market.not_begun");
        await fair.At(World.Saturday);
        (wang, zhao) = (await fair.App.Later(wang), await fair.App.Later(zhao));
        var answers = await Task.WhenAll(zhao.Post($"stalls/{books.Id}/thanks"), zhao.Post($"stalls/{books.Id}/thanks"));
        Assert.All(answers, a => Assert.Equal(1, a.Ok<ThankStall.Response>().Thanks));
        (await wang.Post($"stalls/{books.Id}/thanks")).Refused(HttpStatusCode.Conflict, "stall.own_thanks");
        (await wang.Post($"stalls/{waiting.Id}/thanks")).Refused(HttpStatusCode.NotFound, "stall.unknown");
        Assert.Equal(1, (await fair.App.Anyone.Get($"stalls/{books.Id}")).Ok<PublicMarkets.StallItem>().Thanks);
    }

    private static async Task<IReadOnlyList<string>> Digest(Fair fair)
    {
        await using var scope = fair.App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var lines = new List<string>();
        foreach (var part in scope.ServiceProvider.GetServices<IDigestPart>())
            lines.AddRange((await part.Lines(CancellationToken.None)).Select(l => l.Text));
        return lines;
    }
}
