using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Ledger;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Journal;
using Phoenix.Ledger.Reads;
using Phoenix.Ledger.Verify;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping;

/// <summary>
/// Proves every community's books, every night: the journal by export and verifier (against every head published so far), the balances and holds kept
/// beside it by working them out anew, and what other modules keep beside the ledger. What doesn't agree freezes issuing and redeeming at once, is logged as critical and degrades health; only people
/// unfreeze. The result of each night is kept for auditors.
/// </summary>
public sealed class ReconcileBooks(
    ICommunities communities, JournalExport export, BookCheck books, LedgerReads reads, LedgerPoster poster, KeyRing keys, Clock clock, ILogger<ReconcileBooks> log) : ISweep
{
    private static readonly Meter s_meter = new("Phoenix.Books");
    private static readonly Counter<long> s_faults = s_meter.CreateCounter<long>("phoenix.books.faults", description: "Nightly checks that found a difference.");

    /// <inheritdoc />
    public string Name => "books.reconcile";

    /// <inheritdoc />
    public string Cron => "30 3 * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each((services, community) => Check(services, community, cancel), cancel);

    private async Task Check(IServiceProvider services, int community, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PhoenixDb>();
        var published = await db.Set<MonthHead>().OrderBy(h => h.Month).Where(h => h.Seq > 0)
            .Select(h => new Ledger.Verify.JournalHead(h.Seq, h.Hash)).ToListAsync(cancel);
        if (await Prove(community, published, cancel) is not { } report)
            return;
        var fault = report.Fault is { } wrong
            ? $"{wrong.Code}: posting {wrong.Seq}: {wrong.English}"
            : await books.Run(community, cancel) is [var difference, ..] ? $"books.{difference.What}: {difference.Id}: kept {difference.Kept}, journal {difference.Derived}" : null;
        foreach (var audit in services.GetServices<IBookAudit>())
            fault ??= await audit.Fault(cancel);
        await Keep(db, community, report.Summary.Head, fault, cancel);
        if (fault is null)
            return;
        s_faults.Add(1);
        log.LogCritical("The books of community {Community} don't agree: {Fault}. Issuing and redeeming are frozen.", community, fault);
        await Freeze(community, report.Summary.Head.Seq, cancel);
    }

    private async Task<VerifyReport?> Prove(int community, IReadOnlyList<Ledger.Verify.JournalHead> published, CancellationToken cancel)
    {
        using var key = keys.JournalKey();
        var signer = new EcdsaJournalSigner(key);
        await using var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Access = FileAccess.ReadWrite,
            Mode = FileMode.CreateNew,
            Options = FileOptions.DeleteOnClose,
        });
        if (await export.Write(community, file, signer, withTexts: false, cancel) is null)
            return null;
        file.Position = 0;
        return await JournalVerifier.Verify(file, new VerifyOptions { Since = published, PublicKey = Convert.ToBase64String(signer.PublicKey) }, cancel);
    }

    private async Task Keep(PhoenixDb db, int community, Ledger.Verify.JournalHead head, string? fault, CancellationToken cancel)
    {
        var now = clock.Now;
        var today = CommunityTime.Shanghai.DayOf(now);
        var row = await db.Set<BookCheckRow>().FirstOrDefaultAsync(c => c.Date == today, cancel);
        if (row is null)
            db.Add(row = new BookCheckRow { CommunityId = community, Date = today, Hash = head.Hash });
        (row.Seq, row.Hash, row.CheckedAt) = (head.Seq, head.Hash, now);
        row.Fault = fault?[..Math.Min(fault.Length, BookCheckRow.MaxFaultLength)];
        await db.SaveChangesAsync(cancel);
    }

    private async Task Freeze(int community, long seq, CancellationToken cancel)
    {
        if (await reads.Policy(community, cancel) is not { } policy || policy is { IssueFrozen: true, RedeemFrozen: true })
            return;
        var command = new SetPolicy(IssueFrozen: true, RedeemFrozen: true, policy.GraceDays) { Rule = "reconcile/1", Reason = "夜间对账不一致，自动暂停" };
        var frozen = await poster.Post(new LedgerRequest(community, RequestIds.Of(community, $"reconcile-freeze:{seq}"), Guid.Empty, Name, command), cancel);
        if (frozen.Error is { } refusal)
            throw new InvalidOperationException($"The community could not be frozen: {refusal.Code}");
    }
}
