using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Settlement;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Redemption;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Settlement;

/// <summary>The months that are closed into statements: when, with which lines, and that nothing is twice or lost.</summary>
public sealed class ClosingTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task At_two_on_the_first_each_merchant_has_one_statement_with_every_line_and_is_told(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        var idle = await Market.Open(books.App, name: "永安超市", startsOn: "2026-11-30");
        var exchanged = await books.Exchange(3);
        await books.Refund(exchanged[1], 5);
        await books.CloseAt("2026-12-01", "01:59:59");
        Assert.Equal(0, await books.App.Read(1, db => db.Set<Statement>().CountAsync()));

        await books.CloseAt("2026-12-01");
        await books.App.Sweep("settlement.close");
        var row = await books.Row();
        Assert.Equal((4, 3, 54L, 2_700L, 5L, 250L, 49L, 2_450L), (row.Lines, row.Captures, row.CapturedCoins, row.CapturedFen, row.RefundedCoins, row.RefundedFen, row.TotalCoins, row.TotalFen));
        Assert.Equal((StatementState.Sent, new DateOnly(2026, 12, 10), 49L), (row.State, row.ConfirmBy!.Value, row.LedgerCoins));
        var lines = await books.Lines(row.Id);
        Assert.Equal([LineKind.Capture, LineKind.Capture, LineKind.Capture, LineKind.Refund], lines.Select(l => l.Kind));
        Assert.Equal([(1, 18L, 900L), (2, 18L, 900L), (3, 18L, 900L), (2, -5L, -250L)], lines.Select(l => (l.Number, l.Coins, l.Fen)));

        // Who exchanged nothing has a statement too.
        var nil = await books.Row(merchant: idle.Shop.Id);
        Assert.Equal((0, 0L, 0L, StatementState.Sent), (nil.Lines, nil.TotalCoins, nil.TotalFen, nil.State));
        Assert.Equal(2, await books.App.Read(1, db => db.Set<Statement>().CountAsync()));
        Assert.Equal(4, await books.App.Read(1, db => db.Set<StatementLine>().CountAsync()));
        await books.Market.Relay();
        Assert.Contains("11 月对账单：3 份。没问题点【确认】；有疑问点那一笔，社区 3 个工作日内答复。", (await books.Owner.Get("/api/v1/messages")).Text, StringComparison.Ordinal);
        await books.Reconcile();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Missed_months_are_closed_in_order_each_with_its_own_lines(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        var november = await books.Exchange(2);
        books.GoTo("2026-12-15", "12:00:00");
        await books.Exchange(1);
        await books.Refund(november[0], 18);
        await books.CloseAt("2027-02-03", "14:00:00");
        var (first, second, third) = (await books.Row(), await books.Row(new Month(2026, 12)), await books.Row(new Month(2027, 1)));
        Assert.Equal((36L, 0L, 36L), (first.CapturedCoins, first.RefundedCoins, first.LedgerCoins));
        Assert.Equal((18L, 18L, 0L, 36L), (second.CapturedCoins, second.RefundedCoins, second.TotalFen, second.LedgerCoins));
        Assert.Equal((0, 36L), (third.Lines, third.LedgerCoins));
        Assert.Equal(["2026-11-01", "2026-12-01", "2027-01-01"], await books.App.Read(1, db => Task.FromResult(db.Set<SettledMonth>().OrderBy(m => m.Period).AsEnumerable().Select(m => m.Period.ToString("O", System.Globalization.CultureInfo.InvariantCulture)).ToList())));
        // A refund shows the exchange that it is of.
        var back = (await books.Lines(second.Id)).Single(l => l.Kind == LineKind.Refund);
        Assert.Equal((new DateOnly(2026, 11, 30), 1, -18L, -900L), (back.Day, back.Number, back.Coins, back.Fen));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_month_with_two_versions_of_the_terms_is_split_by_them(DatabaseKind database)
    {
        await using var books = await Books.Open(database, fenPerCoin: 33, sharePercent: 50);
        await books.Exchange(1);
        await Market.Sign(books.Market.Shop with { Staff = books.Staff, Treasurer = books.Treasurer }, new { fenPerCoin = 60, fundSharePercent = 100, startsOn = "2026-12-10", paper = "凤凰-2026-2" });
        books.GoTo("2026-12-09", "12:00:00");
        var odd = await books.Exchange(1);
        books.GoTo("2026-12-10", "12:00:00");
        await books.Exchange(2);
        await books.Refund(odd[0], 7);
        await books.Refund(odd[0], 11);
        await books.CloseAt("2027-01-01");
        var december = await books.Row(new Month(2026, 12));
        var shown = await books.Shown(december.Id);
        Assert.Equal(
            [(LineKind.Capture, (int?)1, 1, 18L, 297L), (LineKind.Capture, 2, 2, 36L, 2_160L), (LineKind.Refund, 1, 2, -18L, -297L)],
            shown.Parts.Select(p => (p.Kind, p.Version, p.Lines, p.Coins, p.Fen)));
        // 7 of 18 coins at 16.5 fen leave 181.5: half up, and the rest of the exchange takes what is left.
        Assert.Equal([-115L, -182L], (await books.Lines(december.Id)).Where(l => l.Kind == LineKind.Refund).Select(l => l.Fen));
        Assert.Equal(2_160, december.TotalFen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_is_above_the_month_s_cap_is_not_the_fund_s_to_pay(DatabaseKind database)
    {
        await using var books = await Books.Open(database, cap: 2_000);
        await books.Exchange(2);
        (await books.Market.Hold(books.Member)).Refused(HttpStatusCode.Conflict, "agreement.month_full");
        await books.CloseAt("2026-12-01");
        Assert.Equal(1_800, (await books.Row()).TotalFen);

        // A cap that the till didn't keep: no route does that, so the till's count is set back here.
        books.GoTo("2026-12-02", "12:00:00");
        await books.Exchange(2);
        await books.App.Read(1, db => db.Database.ExecuteSqlRawAsync("update ledger_counters set used = 0 where key like 'a:%' and period = 202612"));
        await books.Exchange(1);
        await books.CloseAt("2027-01-01");
        var december = await books.Row(new Month(2026, 12));
        Assert.Equal((2_700L, -700L, 2_000L), (december.CapturedFen, december.CarriedFen, december.TotalFen));
        Assert.Equal("超过协议 凤凰-2026-1 每月上限", (await books.Lines(december.Id)).Single(l => l.Kind == LineKind.OverCap).Title);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Figures_that_the_ledger_does_not_bear_out_make_no_statement_and_keep_nobody_else_from_theirs(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        var other = await Market.Open(books.App, name: "永安超市", startsOn: "2026-11-30");
        var exchanged = await books.Exchange(2);
        var row = await books.App.Read(1, db => db.Set<RedemptionRow>().AsNoTracking().SingleAsync(r => r.Id == exchanged[0]));
        await books.App.Write(1, db => db.Add(new RedemptionRow
        {
            CommunityId = 1,
            Id = books.App.NewRequestId(),
            Hold = 9_999,
            Day = row.Day,
            MerchantId = row.MerchantId,
            OfferId = row.OfferId,
            OfferVersion = row.OfferVersion,
            AgreementId = row.AgreementId,
            FenPerCoin = row.FenPerCoin,
            FundSharePercent = row.FundSharePercent,
            MemberId = row.MemberId,
            Quantity = 1,
            Coins = 18,
            Number = 99,
            State = RedemptionState.Captured,
            ResolvedAt = row.ResolvedAt,
            PlacedAt = row.PlacedAt,
            HeldUntil = row.HeldUntil,
            ExpiresAt = row.ExpiresAt,
        }));
        books.GoTo("2026-12-01");
        var failure = await Assert.ThrowsAsync<AggregateException>(() => books.App.Sweep("settlement.close"));
        Assert.Contains("statement.unproven", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal([other.Shop.Id], await books.App.Read(1, db => db.Set<Statement>().Select(s => s.MerchantId).ToListAsync()));
        Assert.Equal((0, 0), await books.App.Read(1, async db => (await db.Set<StatementLine>().CountAsync(), await db.Set<SettledMonth>().CountAsync())));
        await Assert.ThrowsAsync<AggregateException>(() => books.App.Sweep("settlement.close"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_runs_at_once_with_refunds_arriving_make_the_same_statements_once(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        var exchanged = await books.Exchange(8);
        for (var i = 0; i < 4; i++)
            await Market.Open(books.App, name: $"商家{i}", startsOn: "2026-11-30");
        books.GoTo("2026-12-01");
        var refunds = exchanged.Select(id => books.Refund(id, 3)).ToList();
        await Task.WhenAll(books.App.Sweep("settlement.close"), books.App.Sweep("settlement.close"), Task.WhenAll(refunds));
        Assert.Equal(5, await books.App.Read(1, db => db.Set<Statement>().CountAsync(s => s.State == StatementState.Sent)));
        var november = await books.Row();
        Assert.Equal((8, 144L, 0L, 144L), (november.Lines, november.CapturedCoins, november.RefundedCoins, november.LedgerCoins));
        await books.Market.Relay();
        Assert.Single((await books.Owner.Get("/api/v1/messages")).Json.GetProperty("items").EnumerateArray(), m => m.GetProperty("kind").GetString() == "statementReady");
        await books.CloseAt("2027-01-01");
        Assert.Equal(-24, (await books.Row(new Month(2026, 12))).TotalCoins);
    }
}
