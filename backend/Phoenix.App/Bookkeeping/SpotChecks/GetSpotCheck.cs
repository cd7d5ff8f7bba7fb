using Microsoft.EntityFrameworkCore;
using Phoenix.App.Bookkeeping.Coins;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Ledger.Journal;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping.SpotChecks;

/// <summary>A draw with what stands behind each of the ten as it is known now, and the lines of the journal, to be held against an export of it.</summary>
public static class GetSpotCheck
{
    /// <summary>A posting.</summary>
    /// <param name="Seq">Its place in the journal.</param>
    /// <param name="At">When.</param>
    /// <param name="Title">What it did, in words.</param>
    /// <param name="Actor">Who caused it, the id that the line has; null for the system.</param>
    /// <param name="Hash">The chain's hash at it, 64 hex digits.</param>
    /// <param name="PreviousHash">The one before it; zeros at the beginning.</param>
    /// <param name="Line">Its line as an exported journal has it, without texts.</param>
    public sealed record Entry(long Seq, DateTimeOffset At, string Title, Guid? Actor, string Hash, string PreviousHash, string Line);

    /// <summary>One of the ten.</summary>
    /// <param name="Place">From 1.</param>
    /// <param name="IsRecord">Whether it is a service record; otherwise a posting.</param>
    /// <param name="Title">In a few words.</param>
    /// <param name="Facts">What stands behind it.</param>
    /// <param name="Entry">Its posting; null for hours without coins.</param>
    public sealed record Item(int Place, bool IsRecord, string Title, IReadOnlyList<EvidenceFact> Facts, Entry? Entry);

    /// <summary>The draw.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Month">2026-11.</param>
    /// <param name="DrawnBy">Who drew, the id that the log has.</param>
    /// <param name="DrawnAt">When.</param>
    /// <param name="Seed">64 hex digits.</param>
    /// <param name="Records">How many versions of service records were drawn from.</param>
    /// <param name="AfterSeq">The last posting before those that were drawn from.</param>
    /// <param name="ThroughSeq">The last posting that was drawn from.</param>
    /// <param name="Items">What it brought.</param>
    public sealed record Response(Guid Id, string Month, Guid DrawnBy, DateTimeOffset DrawnAt, string Seed, int Records, long AfterSeq, long ThroughSeq, IReadOnlyList<Item> Items);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/spot-checks/{id:guid}", (
            Guid id, Caller caller, Reader reader, CancellationToken cancel) => reader.Run(id, caller, cancel).ToHttp())
        .RequireRole(Role.Auditor)
        .WithName("getSpotCheck").WithSummary("抽查详情与依据");

    /// <summary>Does it.</summary>
    internal sealed class Reader(PhoenixDb db, IRecordEvidence records, IEnumerable<IPostingEvidence> parts, JournalReader journal, LedgerReads reads, IPeople people)
    {
        /// <summary>The draw, or <see cref="UnknownSpotCheck"/>.</summary>
        public async Task<Result<Response>> Run(Guid id, Caller caller, CancellationToken cancel)
        {
            if (await db.Set<SpotCheck>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancel) is not { } check)
                return new UnknownSpotCheck();
            var drawn = await db.Set<SpotCheckItem>().AsNoTracking().Where(i => i.CheckId == id).OrderBy(i => i.Place).ToListAsync(cancel);
            var ofRecords = await records.Of([.. drawn.Select(i => i.RecordVersionId).OfType<Guid>()], cancel);
            var seqs = new Dictionary<int, long>();
            foreach (var item in drawn)
                if ((item.Seq ?? await SeqOf(ofRecords, item, cancel)) is { } seq)
                    seqs[item.Place] = seq;
            var postings = new Dictionary<long, (JournalPosting Posting, string Previous)>();
            foreach (var seq in seqs.Values.Distinct())
                postings[seq] = await Posting(seq, cancel);
            var behind = await Behind([.. drawn.Where(i => i.Seq is not null).Select(i => postings[i.Seq!.Value].Posting.Ref).Distinct(StringComparer.Ordinal)], cancel);
            await LogLooks(caller, id, ofRecords.Values.Select(r => r.Evidence).Concat(behind.Values), cancel);
            return new Response(
                id, Month.Of(check.Month).ToString(), check.DrawnBy, check.DrawnAt, Convert.ToHexStringLower(check.Seed), check.Records, check.AfterSeq, check.ThroughSeq,
                drawn.ConvertAll(i => Show(i, i.RecordVersionId is { } version ? ofRecords[version].Evidence : behind.GetValueOrDefault(postings[i.Seq!.Value].Posting.Ref), seqs.TryGetValue(i.Place, out var seq) ? postings[seq] : null)));
        }

        private async Task<long?> SeqOf(IReadOnlyDictionary<Guid, (Evidence Evidence, Guid? RequestId)> ofRecords, SpotCheckItem item, CancellationToken cancel) =>
            ofRecords[item.RecordVersionId!.Value].RequestId is { } request ? await reads.SeqOf(db.Scope.CommunityId, request, cancel) : null;

        private async Task<(JournalPosting Posting, string Previous)> Posting(long seq, CancellationToken cancel)
        {
            var two = new List<JournalPosting>(2);
            await foreach (var posting in journal.Read(db.Scope.CommunityId, Math.Max(0, seq - 2), seq, withTexts: false, cancel))
                two.Add(posting);
            return (two[^1], two.Count == 2 ? Convert.ToHexStringLower(two[0].Hash) : MonthHead.Beginning);
        }

        private async Task<Dictionary<string, Evidence>> Behind(IReadOnlyCollection<string> references, CancellationToken cancel)
        {
            var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
            foreach (var part in parts)
                foreach (var (reference, evidence) in await part.Behind(references, cancel))
                    found[reference] = evidence;
            return found;
        }

        private async Task LogLooks(Caller caller, Guid id, IEnumerable<Evidence> seen, CancellationToken cancel)
        {
            if (await people.LogLooks(caller.PersonId, [.. seen.Select(e => e.PersonId).OfType<Guid>().Distinct()], $"spot-check:{id:N}", cancel) > 0)
                await db.SaveChangesAsync(cancel);
        }

        private static Item Show(SpotCheckItem item, Evidence? evidence, (JournalPosting Posting, string Previous)? posting)
        {
            var entry = posting is var (p, previous) && p is not null
                ? new Entry(p.Seq, DateTimeOffset.FromUnixTimeMilliseconds(p.AtMs), CoinWords.TitleOf(p.Kind), p.Actor == Guid.Empty ? null : p.Actor, Convert.ToHexStringLower(p.Hash), previous, JournalExport.LineOf(p))
                : null;
            return new Item(item.Place, item.RecordVersionId is not null, evidence?.Title ?? entry!.Title, evidence?.Facts ?? [], entry);
        }
    }
}
