using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Ledger;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records;

/// <summary>Coins beside a correction: a reversal of the ended version's posting, then a posting of the next version's, in the caller's transaction.</summary>
public sealed class RecordCoins(PhoenixDb db, LedgerPoster poster, LedgerReads reads, ICommunityCalendar calendar, Clock clock)
{
    /// <summary>
    /// Takes back what the ended version earned, as far as it is there, notes what isn't, and issues what the next version earns less what of the record was
    /// used before. Saves, and locks the journal's head: the last thing in the transaction.
    /// </summary>
    /// <param name="ended">The version that ended.</param>
    /// <param name="next">The version in its place; null when voided.</param>
    /// <param name="actor">Who decided.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    /// <returns>Null, or the ledger's refusal.</returns>
    public async Task<Error?> Follow(ServiceRecord ended, ServiceRecord? next, Guid actor, CancellationToken cancel)
    {
        var used = await db.Set<RecordShortfall>().Where(s => s.RecordId == ended.RecordId).SumAsync(s => s.Coins, cancel);
        if (await Standing(ended, cancel) is var (paid, seq))
        {
            if (!(await poster.PostIn(db, [RecordPostings.Reverse(paid, seq, actor, ended.EndReason)], cancel)).TryGet(out var posted, out var error))
                return error;
            await Issued(ended, -posted[0].First.Amount, cancel);
            if (posted[0].First.Shortfall is > 0 and var missing)
            {
                db.Add(new RecordShortfall { CommunityId = ended.CommunityId, VersionId = paid.Id, RecordId = ended.RecordId, MemberId = ended.MemberId, Coins = missing, At = clock.Now });
                used += missing;
            }
        }

        if (next is null || RecordPostings.Issue(next, calendar.Time.DayOf(clock.Now), Math.Max(0, next.Coins - used)) is not { } issue)
            return null;
        if (!(await poster.PostIn(db, [issue], cancel)).TryGet(out var issued, out var refusal))
            return refusal;
        await Issued(ended, issued[0].First.Amount, cancel);
        return null;
    }

    // What the activity gave so far follows what its records gave. A correction puts right what was promised, so it takes the budget along where it goes above it.
    private async Task Issued(ServiceRecord ended, long coins, CancellationToken cancel)
    {
        if (ended.ActivityId is not { } id || await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } activity)
            return;
        activity.IssuedCoins = Math.Max(0, activity.IssuedCoins + coins);
        if (activity.BudgetCoins < activity.IssuedCoins)
            activity.BudgetCoins = activity.IssuedCoins;
    }

    // A correction that leaves the coins alone leaves the posting with the version that it was made for.
    private async Task<(ServiceRecord Version, long Seq)?> Standing(ServiceRecord ended, CancellationToken cancel)
    {
        var versions = await db.Set<ServiceRecord>().AsNoTracking().Where(r => r.RecordId == ended.RecordId && r.Version <= ended.Version).OrderByDescending(r => r.Version).ToListAsync(cancel);
        foreach (var version in versions)
            if (await reads.SeqOf(version.CommunityId, RecordPostings.IdOf(version), cancel) is { } seq)
                return await reads.SeqOf(version.CommunityId, RecordPostings.ReversalIdOf(version), cancel) is null ? (version, seq) : null;
        return null;
    }
}
