using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Fund.Markets;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Volunteering;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Fund;

/// <summary>钱去哪了: from a stall into the fund, to what was paid, to the kinds of help; in sums, without a name.</summary>
public sealed class TraceTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_stall_s_code_tells_what_became_of_its_takings_without_a_name(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        var stalls = new List<StaffStalls.Item>();
        for (var i = 1; i <= 5; i++)
            stalls.Add(await fair.Approved((await fair.App.Member($"邻居{i}号")).Caller, market.Id, title: $"第{i}个摊"));
        var nothing = (await fair.App.Anyone.Get($"stalls/{stalls[0].Id}/trace")).Ok<TraceMarket.Response>();
        Assert.Equal((null, 0L, 0, 0), (nothing.TakingsFen, nothing.ContributedFen, nothing.Receipts, nothing.Months.Count));
        await Served(fair, 5);

        await fair.Closed(market.Id);
        for (var i = 0; i < 4; i++)
            (await Fair.Declare(fair.Staff, stalls[i].Id, 1_000)).Ok<MyStalls.Item>();
        await fair.Received(500, market.Id, stalls[0].Id);
        await fair.Received(1_500, market.Id);
        var four = (await fair.App.Anyone.Get($"markets/{market.Id}/trace")).Ok<TraceMarket.Response>();
        Assert.Equal((null, null, 2_000L, 2), (four.Stall, four.TakingsFen, four.ContributedFen, four.Receipts));
        (await Fair.Declare(fair.Staff, stalls[4].Id, 1_000)).Ok<MyStalls.Item>();
        await Pay(fair.App, 300);
        await fair.At(World.Saturday.AddDays(10));
        await Pay(fair.App, 700);

        var answer = await fair.App.Anyone.Get($"stalls/{stalls[0].Id}/trace");
        var trace = answer.Ok<TraceMarket.Response>();
        Assert.Equal((stalls[0].Id, 1, "第1个摊", 500L), (trace.Stall!.Id, trace.Stall.Number, trace.Stall.Title, trace.Stall.ContributedFen));
        Assert.Equal((5_000L, 2_000L), (trace.TakingsFen, trace.ContributedFen));
        Assert.Equal([("2026-11", 300L), ("2026-12", 700L)], trace.Months.Select(m => (m.Month, m.PaidFen)));
        var help = Assert.Single(trace.Months[0].Help);
        Assert.Equal(("一老一小", 5 * 150L), (help.Kind, help.Minutes));
        Assert.Empty(trace.Months[1].Help);
        Assert.All((string[])["邻居1号", "社区食堂", "枚", "coin", "merchant", "member", "person\""], word => Assert.DoesNotContain(word, answer.Text, StringComparison.OrdinalIgnoreCase));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_kind_of_help_in_which_four_people_served_is_not_told(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        var wang = (await fair.App.Member("王阿姨")).Caller;
        var stall = await fair.Approved(wang, market.Id);
        await Served(fair, 4);
        await fair.Closed(market.Id);
        (await Fair.Declare(fair.Staff, stall.Id, 1_000)).Ok<MyStalls.Item>();
        await fair.Received(500, market.Id, stall.Id);
        Assert.Empty(Assert.Single((await fair.App.Anyone.Get($"markets/{market.Id}/trace")).Ok<TraceMarket.Response>().Months).Help);
        (await fair.App.Anyone.In(TestDatabases.OtherCommunity).Get($"markets/{market.Id}/trace")).Refused(HttpStatusCode.NotFound, "market.unknown");
        (await fair.App.Anyone.In(TestDatabases.OtherCommunity).Get($"stalls/{stall.Id}/trace")).Refused(HttpStatusCode.NotFound, "stall.unknown");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_year_later_the_first_twelve_months_are_told(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        var stall = await fair.Approved((await fair.App.Member("王阿姨")).Caller, market.Id);
        await fair.Closed(market.Id);
        (await Fair.Declare(fair.Staff, stall.Id, 1_000)).Ok<MyStalls.Item>();
        await fair.Received(500, market.Id, stall.Id);
        fair.App.Time.SetUtcNow(World.Saturday.AddYears(3));
        var months = (await fair.App.Anyone.Get($"markets/{market.Id}/trace")).Ok<TraceMarket.Response>().Months;
        Assert.Equal((12, "2026-11", "2027-10"), (months.Count, months[0].Month, months[^1].Month));
    }

    private static async Task Served(Fair fair, int people)
    {
        var activity = await fair.World.Published();
        for (var i = 0; i < people; i++)
        {
            var (resident, member) = await fair.App.Member($"志愿者{i}");
            var desk = new RecordDesk(fair.App, resident, member, fair.Staff);
            await desk.Write(desk.Care(coins: 0) with { ActivityId = activity.Id });
        }
    }

    private static async Task Pay(PhoenixApp app, long fen)
    {
        var payout = new Move(PostingKind.Transfer, AccountKey.Of(AccountKind.Cash, Asset.Fen), AccountKey.Of(AccountKind.External, Asset.Fen), fen) { Ref = "payout:x", Rule = "payout/1", Reason = "社区食堂" };
        Assert.True((await app.Services.GetRequiredService<LedgerPoster>().Post(new LedgerRequest(Seeding.CommunityId, app.NewRequestId(), Guid.Empty, "payout", payout), default)).IsOk);
    }
}
