using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund;
using Phoenix.App.Fund.Accounts;
using Phoenix.App.Fund.Book;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Volunteering;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Fund;

/// <summary>The cover in a word, the fund's accounts as a whole, and the gate on real figures.</summary>
public sealed class AccountTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Everybody_sees_the_cover_in_a_word_and_no_figure_beside_it(DatabaseKind database)
    {
        await using var desk = await FundDesk.Start(database);
        var none = await desk.App.Anyone.Get("fund/cover");
        Assert.Equal((null, null), (none.Ok<PublicAccounts.CoverView>().Cover, none.Ok<PublicAccounts.CoverView>().Word));
        await desk.Open(10_000);
        await Expect(FundCover.Ample, "充足");

        // A hundred coins at 50 fen are 50 yuan: half of the fund, then 80 % and one fen more, then more than there is.
        await Issue(desk.App, 100);
        await Expect(FundCover.Ample, "充足");
        await desk.Paid(3_750, "一");
        await Expect(FundCover.Ample, "充足");
        await desk.Paid(1, "二");
        await Expect(FundCover.Tight, "偏紧");
        await desk.Paid(1_249, "三");
        await Expect(FundCover.Tight, "偏紧");
        await desk.Paid(1, "四");
        await Expect(FundCover.Short, "不足");
        await desk.Contributed(desk.Receipt(1));
        await Expect(FundCover.Tight, "偏紧");
        Assert.Equal(0, (await desk.Staff.Get("fund")).Ok<GetFund.Response>().Position!.HeadroomCoins);

        async Task Expect(FundCover cover, string word)
        {
            var answer = await desk.App.Anyone.Get("fund/cover");
            Assert.Equal((cover, word), (answer.Ok<PublicAccounts.CoverView>().Cover, answer.Ok<PublicAccounts.CoverView>().Word));
            Assert.DoesNotMatch("[0-9]|元|枚|[Ff]en", answer.Text);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_public_accounts_are_the_fund_s_by_month_and_name_no_merchant_person_or_coin(DatabaseKind database)
    {
        await using var desk = await FundDesk.Start(database);
        await desk.Open(10_000);
        var wrong = await desk.Contributed(desk.Receipt(5_000, donor: DonorKind.Partner, partner: "永安食品厂"));
        await desk.Adjusted(30);
        await desk.Paid(1_500, "社区食堂");
        await desk.Paid(700, "永安超市");
        await desk.At(new DateTimeOffset(2026, 11, 30, 16, 0, 0, TimeSpan.Zero));
        await desk.Corrected(wrong.EntryId);
        await desk.Contributed(desk.Receipt(4_000));
        await desk.Paid(-700, "永安超市 账号不对，退回");
        await desk.Paid(650, "永安超市");

        var answer = await desk.App.Anyone.Get("fund/accounts");
        var year = answer.Ok<PublicAccounts.YearView>();
        Assert.Equal((2026, 12), (year.Year, year.Months.Count));
        Assert.All(year.Months.Take(10), m => Assert.Equal((0L, 0L, 0L), (m.ContributedFen, m.AdjustedFen, m.PaidFen)));
        Assert.Equal(("2026-11", 15_000L, 30L, 2_200L), (year.Months[10].Month, year.Months[10].ContributedFen, year.Months[10].AdjustedFen, year.Months[10].PaidFen));
        Assert.Equal(("2026-12", -1_000L, 0L, -50L), (year.Months[11].Month, year.Months[11].ContributedFen, year.Months[11].AdjustedFen, year.Months[11].PaidFen));
        Assert.Equal((14_000L, 2_150L), (year.ContributedFen, year.PaidFen));
        Assert.Equal(await desk.Cash(), year.Months.Sum(m => m.ContributedFen + m.AdjustedFen - m.PaidFen));
        var receipts = await desk.App.Anyone.Get("fund/receipts");
        var receipt = Assert.Single(receipts.Ok<Page<PublicAccounts.ReceiptItem>>().Items);
        Assert.Equal(("双流区慈善会", "51012200MJQ", 4_000L), (receipt.CharityName, receipt.FilingNumber, receipt.AmountFen));
        Assert.All((string[])["食堂", "超市", "食品厂", "周会计", "coin", "merchant", "枚"], word => Assert.DoesNotContain(word, answer.Text + receipts.Text, StringComparison.OrdinalIgnoreCase));

        Assert.Equal(0, (await desk.App.Anyone.Get("fund/accounts?year=2025")).Ok<PublicAccounts.YearView>().ContributedFen);
        (await desk.App.Anyone.Get("fund/accounts?year=2027")).Refused(HttpStatusCode.BadRequest, "fund.bad_month");
        Assert.Equal(0, (await desk.App.Anyone.In(TestDatabases.OtherCommunity).Get("fund/accounts")).Ok<PublicAccounts.YearView>().ContributedFen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_contribution_opens_the_gate_and_a_payout_closes_it(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        await world.OpenFund(2_000);
        var draft = await world.Draft(World.Form(hoursOnly: false, budget: 50), world.Shift(capacity: 2));
        (await world.Publish(draft)).Refused(HttpStatusCode.Conflict, "fund.short");
        var treasurer = await world.App.Person(Role.Treasurer);
        var picture = await FundDesk.Upload(world.App, treasurer);
        var receipt = new { amountFen = 500, charityName = "双流区慈善会", filingNumber = "51012200MJQ", receiptNumber = "7", receiptOn = "2026-11-20", donor = DonorKind.Other, fileId = picture };
        var entry = (await treasurer.Post("fund/contributions", receipt)).Ok<EntryProposed>();
        (await world.Publish(draft)).Refused(HttpStatusCode.Conflict, "fund.short");
        await world.Approve(entry.ApprovalId);

        // 25 yuan are fifty coins at 50 fen.
        var published = (await world.Publish(draft)).Ok<StaffActivity.Detail>();
        Assert.Equal(50, published.PromisedCoins);
        var next = await world.Draft(World.Form("第二场", hoursOnly: false, budget: 1), world.Shift(capacity: 2, at: World.Saturday.AddDays(1)));
        (await world.Publish(next)).Refused(HttpStatusCode.Conflict, "fund.short");
        (await world.Staff.Post($"staff/activities/{published.Id}/cancellation", new { reason = "下雨", version = published.Version })).Ok<StaffActivity.Detail>();

        var poster = world.App.Services.GetRequiredService<LedgerPoster>();
        var payout = new Move(PostingKind.Transfer, AccountKey.Of(AccountKind.Cash, Asset.Fen), AccountKey.Of(AccountKind.External, Asset.Fen), 2_500) { Ref = "payout:x", Rule = "payout/1" };
        Assert.True((await poster.Post(new LedgerRequest(Seeding.CommunityId, world.App.NewRequestId(), Guid.Empty, "payout", payout), default)).IsOk);
        (await world.Publish(next)).Refused(HttpStatusCode.Conflict, "fund.short");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Another_module_asks_for_months_within_a_limit(DatabaseKind database)
    {
        await using var desk = await FundDesk.Start(database);
        await desk.Open(100);
        await using var scope = desk.App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var months = scope.ServiceProvider.GetRequiredService<IFundMonths>();
        Assert.Equal(24, (await months.Between(new Month(2025, 1), new Month(2026, 12), default)).Count);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => months.Between(new Month(2025, 1), new Month(2027, 1), default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => months.Between(new Month(2026, 2), new Month(2026, 1), default));
    }

    private static async Task Issue(PhoenixApp app, long coins)
    {
        var issue = new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(app.NewRequestId(), new DateOnly(2027, 12, 31)), coins) { Ref = "record:x", Rule = "coins/1" };
        Assert.True((await app.Services.GetRequiredService<LedgerPoster>().Post(new LedgerRequest(Seeding.CommunityId, app.NewRequestId(), Guid.Empty, "test", issue), default)).IsOk);
    }
}
