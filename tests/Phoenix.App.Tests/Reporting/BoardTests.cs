using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Reporting.Board;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Settlement;
using Phoenix.App.Tests.Volunteering;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Ledger.Accounts;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Reporting;

/// <summary>公示: the figures agree with the books, appear on the third, tell nothing of fewer than five people, and never a yuan beside a coin.</summary>
public sealed class BoardTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_month_appears_on_the_third_with_hours_people_and_coins_that_add_up(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        var desks = await People(books, 6);
        foreach (var desk in desks)
            await desk.Write(desk.Care());
        var redemptions = await books.Exchange(2);
        await books.Refund(redemptions[0], 3);
        var exchanged = await books.Coins(AccountKey.Merchant(books.Shop));
        Assert.Empty(await Months(books.App));

        books.GoTo("2026-12-02", "23:59:59");
        Assert.Empty(await Months(books.App));
        (await books.App.Anyone.Get("board/months/2026-11")).Refused(HttpStatusCode.NotFound, "board.month_unknown");
        books.GoTo("2026-12-03", "00:00:00");
        var november = Assert.Single(await Months(books.App));
        Assert.Equal(("2026-11", 6 * 150L, 6), (november.Month, november.Minutes, november.People));
        Assert.Equal(new BoardCoins(1_000 + 6 * 25, exchanged, 0, 1_000 + 6 * 25 - exchanged), november.Coins);
        Assert.Equal(november, (await books.App.Anyone.Get("board/months/2026-11")).Ok<GetBoardMonth.Response>().Figures);

        // What December does changes nothing of November, and begins with what November left.
        await books.Exchange(1);
        await books.App.Sweep("months.seal");
        books.GoTo("2027-01-03", "08:00:00");
        var months = await Months(books.App);
        Assert.Equal(november, months[0]);
        Assert.Equal(("2026-12", null), (months[1].Month, months[1].Coins));
        Assert.Equal((0L, 0), (months[1].Minutes, months[1].People));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Coins_that_expire_and_coins_that_are_settled_stay_exchanged_and_gone(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        foreach (var desk in await People(books, 5))
            await desk.Write(desk.Care());
        await books.Exchange(1);
        var exchanged = await books.Coins(AccountKey.Merchant(books.Shop));
        await books.GivePayee();
        await books.CloseAt("2026-12-01");
        var statement = (await books.Row()).Id;
        (await books.Confirm(statement)).Ok<object>();
        var payout = await books.Submitted(statement);
        (await books.Pay(payout, statement)).Ok<object>();
        Assert.Equal(exchanged, await books.Settled());

        books.GoTo("2028-01-01", "00:10:00");
        await books.App.Sweep("lots.expire");
        books.GoTo("2028-02-03", "08:00:00");
        var january = (await Months(books.App))[^1];
        Assert.Equal("2028-01", january.Month);
        Assert.Equal(new BoardCoins(0, 0, 1_000 + 5 * 25 - exchanged, 0), january.Coins);
        var november = (await books.App.Anyone.Get("board/months/2026-11")).Ok<GetBoardMonth.Response>().Figures;
        Assert.Equal(exchanged, november.Coins!.Exchanged);
        var december = (await books.App.Anyone.Get("board/months/2026-12")).Ok<GetBoardMonth.Response>().Figures;
        Assert.Equal(0, december.Coins?.Exchanged ?? 0);
        Assert.Equal(new GetBoardFund.Response(1, null), (await books.App.Anyone.Get("board/fund")).Ok<GetBoardFund.Response>());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Fewer_than_five_people_are_told_of_nowhere_and_not_by_subtraction_either(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        var desks = await People(books, 9);
        var (care, clean, teach) = (await Kind(books, ImpactCategory.EldersAndChildren), await Kind(books, ImpactCategory.Environment), await Kind(books, ImpactCategory.Governance));
        for (var i = 0; i < 3; i++)
            await desks[i].Write(desks[i].Care() with { ActivityId = care });
        books.GoTo("2026-12-03", "08:00:00");
        var few = Assert.Single(await Months(books.App));
        Assert.Equal((null, null, null), (few.Minutes, few.People, few.Coins));
        Assert.Empty(await Help(books.App));

        for (var i = 3; i < 9; i++)
        {
            await desks[i].Write(desks[i].Care() with { ActivityId = care });
            await desks[i].Write(desks[i].Care(4) with { ActivityId = clean });
        }

        Assert.Equal(["一老一小", "环保科普"], (await Help(books.App)).Select(h => h.Kind));
        // One person at a third kind: the month's sum less the two would tell what that one did, so the smaller of the two goes as well.
        await desks[0].Write(desks[0].Care(8) with { ActivityId = teach });
        Assert.Equal(["一老一小"], (await Help(books.App)).Select(h => h.Kind));
        Assert.Equal(9, Assert.Single(await Months(books.App)).People);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task No_answer_that_a_resident_gets_has_a_yuan_beside_coins(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        foreach (var desk in await People(books, 5))
            await desk.Write(desk.Care());
        await books.Exchange(2);
        books.GoTo("2026-12-03", "08:00:00");
        foreach (var address in (string[])["board/months", "board/months/2026-11", "fund/cover"])
        {
            var text = (await books.App.Anyone.Get(address)).Text;
            Assert.DoesNotContain("fen", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("元", text, StringComparison.Ordinal);
        }

        foreach (var address in (string[])["board/fund", "fund/accounts", "fund/receipts"])
            Assert.DoesNotContain("coin", (await books.App.Anyone.Get(address)).Text, StringComparison.OrdinalIgnoreCase);
        (await books.App.Anyone.Get("board/months/2019-11")).Refused(HttpStatusCode.NotFound, "board.month_unknown");
        (await books.App.Anyone.Get("board/months/2026-13")).Refused(HttpStatusCode.NotFound, "board.month_unknown");
    }

    private static async Task<IReadOnlyList<BoardMonth>> Months(PhoenixApp app) => (await app.Anyone.Get("board/months")).Ok<ListBoardMonths.Response>().Months;

    private static async Task<IReadOnlyList<GetBoardMonth.Help>> Help(PhoenixApp app) => (await app.Anyone.Get("board/months/2026-11")).Ok<GetBoardMonth.Response>().Help;

    private static async Task<List<RecordDesk>> People(Books books, int count)
    {
        var desks = new List<RecordDesk>();
        for (var i = 0; i < count; i++)
            desks.Add(await RecordDesk.Open(books.App));
        return desks;
    }

    private static async Task<Guid> Kind(Books books, ImpactCategory category)
    {
        var id = books.App.NewRequestId();
        await books.App.Write(1, db => db.Add(new Activity { CommunityId = 1, Id = id, Category = category, Title = "邻里互助", Description = "" }));
        return id;
    }
}
