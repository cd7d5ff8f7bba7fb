using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Tests.Support;
using Phoenix.Ledger.Verify;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Tests.Verify;

/// <summary>Goal: what the ledger exports is proved by the verifier that shares no code with it. Method: every kind of posting through the queue, on both databases.</summary>
public sealed class ExportTests(TestDatabases databases)
{
    private static readonly Guid Ann = new("00000000-0000-4000-8000-0000000000a1");
    private static readonly AccountKey Shop = AccountKey.Merchant(new Guid("00000000-0000-4000-8000-0000000000c0"));
    private static readonly AccountKey Pool = AccountKey.Pool(new Guid("00000000-0000-4000-8000-0000000000d0"));

    [Theory]
    [InlineData(DatabaseKind.PostgreSql)]
    [InlineData(DatabaseKind.Sqlite)]
    public async Task An_export_is_proved(DatabaseKind kind)
    {
        await using var ledger = await TestLedger.On(databases, kind);
        await EveryKind(ledger);
        foreach (var withTexts in new[] { true, false })
        {
            await using var export = await Exports.Of(ledger.Db.Database, ledger.Time, withTexts);
            var report = await JournalVerifier.Verify(export, new VerifyOptions(), TestContext.Current.CancellationToken);
            Assert.True(report.IsProved, report.Fault?.ToString());
            Assert.Equal(await ledger.Db.Scalar("select count(*) from ledger_postings"), report.Summary.Postings);
            Assert.Equal(Enum.GetValues<PostingKind>().Length, await ledger.Db.Scalar("select count(distinct kind) from ledger_postings"));
            Assert.Equal(await ledger.Db.Scalar("select sum(balance) from ledger_accounts where kind = 2"), report.Summary.Totals.Single(t => t.Kind == AccountKind.Member).Balance);
        }
    }

    private static async Task EveryKind(TestLedger ledger)
    {
        var (early, late) = (ledger.Today.AddDays(3), ledger.Today.AddDays(60));
        await ledger.Done(new SetPolicy(false, false, 7));
        await ledger.Done(new OpenAccount(Shop, Ceiling: 1000));
        await ledger.Issue(Ann, 10, early);
        var issued = await ledger.Done(new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(Ann, late), 20) { Reason = "楼栋关怀 2.5 小时" });
        await ledger.Done(new Move(PostingKind.Transfer, AccountKey.Issuance(), Pool, 9), new Move(PostingKind.Grant, Pool, AccountKey.Lot(Ann, late), 2));
        var until = TestLedger.Start.AddHours(1);
        var taken = await ledger.Done(new PlaceHold(Ann, Shop, 14, until), new CaptureHold(-1, 12));
        await ledger.Done(new RefundHold(taken.First.Seq, 3));
        await ledger.Done(new Move(PostingKind.Gift, AccountKey.Lots(Ann), Pool, 2));
        await ledger.Done(new Move(PostingKind.Retire, Pool, AccountKey.Issuance(), 1));
        await ledger.Done(new Move(PostingKind.Settle, Shop, AccountKey.Of(AccountKind.Settled), 4));
        var released = await ledger.Done(new PlaceHold(Ann, Shop, 3, until), new ExtendHold(-1, until.AddHours(1)));
        await ledger.Done(new ReleaseHold(released.First.Seq));
        await ledger.Issue(Ann, 4, early);
        var lapsing = await ledger.Done(new PlaceHold(Ann, Shop, 2, until));
        ledger.Time.Advance(TimeSpan.FromDays(5));
        await ledger.Done(new ExpireHold(lapsing.First.Seq));
        await ledger.Done(new ExpireLot(AccountKey.Lot(Ann, early)));
        await ledger.Done(new ExtendLot(AccountKey.Lot(Ann, late), late.AddYears(1)));
        await ledger.Done(new Reverse(issued.First.Seq));
    }
}
