using Phoenix.App.Fund.Accounts;
using Phoenix.App.Fund.Book;
using Phoenix.App.Http;
using Phoenix.App.Settlement.Confirming;
using Phoenix.App.Settlement.Payouts;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Settlement;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Fund;

/// <summary>What a settlement pays stands in the fund's book, though the two know nothing of each other.</summary>
public sealed class PaidTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_payout_of_a_settlement_is_a_line_of_the_book_and_of_the_public_month_without_the_merchant(DatabaseKind database)
    {
        await using var books = await Books.Open(database, fundFen: 10_000);
        await books.GivePayee();
        await books.Exchange(2);
        await books.CloseAt("2026-12-01");
        var statement = (await books.Row()).Id;
        (await books.Confirm(statement)).Ok<ConfirmStatement.Response>();
        (await books.Pay(await books.Submitted(statement), statement)).Ok<RecordPayments.Response>();

        var book = (await books.Treasurer.Get("fund/book")).Ok<Page<ListBook.Item>>().Items;
        Assert.Equal([(BookLineKind.Payout, -1_800L, 8_200L), (BookLineKind.Opening, 10_000L, 10_000L)], book.Select(l => (l.Kind, l.ChangeFen, l.AfterFen)));
        Assert.Null(book[0].EntryId);
        Assert.Equal(8_200, await books.Cash());
        var answer = await books.App.Anyone.Get("fund/accounts");
        var december = answer.Ok<PublicAccounts.YearView>().Months[^1];
        Assert.Equal(("2026-12", 1_800L), (december.Month, december.PaidFen));
        Assert.DoesNotContain("食堂", answer.Text, StringComparison.Ordinal);
        await books.Reconcile();
    }
}
