using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Ledger.Journal;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping;

/// <summary>
/// Signs where each community's journal stood at the end of each month that is over, every night, missed months first to last. It waits half an hour:
/// a posting stamped before midnight is committed by then (its transaction lives seconds).
/// </summary>
public sealed class SealMonths(ICommunities communities, JournalReader journal, KeyRing keys, Clock clock, Database database) : ISweep
{
    /// <summary>How long after its end a month is sealed.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(30);

    /// <inheritdoc />
    public string Name => "months.seal";

    /// <inheritdoc />
    public string Cron => "40 0 * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each((services, community) => Seal(services.GetRequiredService<PhoenixDb>(), community, cancel), cancel);

    private async Task Seal(PhoenixDb db, int community, CancellationToken cancel)
    {
        var now = clock.Now;
        var time = CommunityTime.Shanghai;
        var latest = await db.Set<MonthHead>().OrderByDescending(h => h.Month).Select(h => (DateOnly?)h.Month).FirstOrDefaultAsync(cancel);
        if (latest is null && await journal.FirstAt(community, cancel) is null)
            return;
        var month = latest is { } sealedMonth ? Month.Of(sealedMonth).Next : time.MonthOf((await journal.FirstAt(community, cancel))!.Value);
        for (; time.EndOf(month) + Settling <= now; month = month.Next)
            if (!await TryAdd(db, await Head(community, month, now, cancel), cancel))
                return;
    }

    private async Task<MonthHead> Head(int community, Month month, DateTimeOffset now, CancellationToken cancel)
    {
        var head = await journal.HeadBefore(community, CommunityTime.Shanghai.EndOf(month), cancel);
        var (seq, hash) = (head?.Seq ?? 0, head?.Hash ?? MonthHead.Beginning);
        using var key = keys.JournalKey();
        var signer = new EcdsaJournalSigner(key);
        return new MonthHead
        {
            CommunityId = community,
            Month = month.FirstDay,
            Seq = seq,
            Hash = hash,
            KeyId = JournalTrailer.KeyIdOf(signer.PublicKey),
            PublicKey = signer.PublicKey,
            Signature = signer.Sign(MonthHead.Signed(community, month.FirstDay, seq, hash)),
            SealedAt = now,
        };
    }

    // Another node may have sealed it in the meantime; it read the same journal.
    private async Task<bool> TryAdd(PhoenixDb db, MonthHead head, CancellationToken cancel)
    {
        try
        {
            db.Add(head);
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException e) when (database.Classify(e) == DatabaseFault.Duplicate)
        {
            return false;
        }
    }
}
