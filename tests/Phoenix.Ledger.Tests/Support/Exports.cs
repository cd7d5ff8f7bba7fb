using System.Security.Cryptography;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Journal;
using Phoenix.Ledger.Verify;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.Ledger.Tests.Support;

/// <summary>Exports and proofs in one line.</summary>
public static class Exports
{
    public static async Task<MemoryStream> Of(Database database, TimeProvider time, bool withTexts = true, int community = TestLedger.Community)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var stream = new MemoryStream();
        await new JournalExport(database, new Clock(time), new LedgerOptions()).Write(community, stream, new EcdsaJournalSigner(key), withTexts, CancellationToken.None);
        stream.Position = 0;
        return stream;
    }

    /// <summary>Proves the journal of a database, and that its accounts table says the same as its journal.</summary>
    public static async Task<VerifySummary> Prove(TestDatabase db, TimeProvider time, int community = TestLedger.Community)
    {
        var report = await JournalVerifier.Verify(await Of(db.Database, time, community: community), new VerifyOptions());
        Assert.True(report.IsProved, report.Fault?.ToString());
        var wrong = await db.Scalar($"""
            select count(*) from ledger_accounts a where a.community = {community} and a.balance <>
              coalesce((select sum(l.amount) from ledger_legs l where l.community = a.community and l.to_account = a.id), 0)
              - coalesce((select sum(l.amount) from ledger_legs l where l.community = a.community and l.from_account = a.id), 0)
            """);
        Assert.Equal(0, wrong);
        return report.Summary;
    }

    /// <summary>What all accounts of one kind have together, in units.</summary>
    public static long Sum(this VerifySummary summary, Asset asset, AccountKind kind) =>
        (long)summary.Totals.Where(t => t.Asset == asset && t.Kind == kind).Aggregate(Int128.Zero, (sum, t) => sum + t.Balance);
}
