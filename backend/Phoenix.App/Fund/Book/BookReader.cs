using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Reads;

namespace Phoenix.App.Fund.Book;

/// <summary>What a line of the fund's book is.</summary>
public enum BookLineKind
{
    /// <summary>期初.</summary>
    Opening,

    /// <summary>捐赠入账.</summary>
    Contribution,

    /// <summary>调增.</summary>
    AdjustmentIn,

    /// <summary>调减.</summary>
    AdjustmentOut,

    /// <summary>冲正.</summary>
    Correction,

    /// <summary>拨付: paid to partners by a settlement, or come back from one.</summary>
    Payout,
}

/// <summary>A line of the ledger's cash account, with the entry that made it; of a payout there is none.</summary>
/// <param name="Line">The posting.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Entry">The entry behind it.</param>
/// <param name="Opening">The opening money behind it.</param>
internal sealed record BookLine(AccountLine Line, BookLineKind Kind, FundEntry? Entry, FundContribution? Opening)
{
    /// <summary>The entry that a correction takes back; null for what is no correction.</summary>
    public Guid? TargetId => Entry?.TargetId;
}

/// <summary>Reads the fund's book from the ledger: what stands there is all that happened, whoever posted it.</summary>
internal sealed class BookReader(PhoenixDb db, AccountSpans spans)
{
    /// <summary>Lines of a span, newest first.</summary>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant after the last.</param>
    /// <param name="before">Only lines before this posting; null for the newest.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<IReadOnlyList<BookLine>> Lines(DateTimeOffset from, DateTimeOffset to, long? before, int most, CancellationToken cancel)
    {
        var lines = await spans.Between(db.Scope.CommunityId, AccountKey.Of(AccountKind.Cash, Asset.Fen), from, to, before, most, cancel);
        if (lines.Count == 0)
            return [];
        var (first, last) = (lines[^1].Seq, lines[0].Seq);
        var entries = await db.Set<FundEntry>().AsNoTracking().Where(e => e.PostingSeq >= first && e.PostingSeq <= last).ToDictionaryAsync(e => e.PostingSeq!.Value, cancel);
        var openings = await db.Set<FundContribution>().AsNoTracking().Where(c => c.PostingSeq >= first && c.PostingSeq <= last).ToDictionaryAsync(c => c.PostingSeq, cancel);
        return [.. lines.Select(l => Line(l, entries.GetValueOrDefault(l.Seq), openings.GetValueOrDefault(l.Seq)))];
    }

    private static BookLine Line(AccountLine line, FundEntry? entry, FundContribution? opening) => new(line, KindOf(entry, opening), entry, opening);

    private static BookLineKind KindOf(FundEntry? entry, FundContribution? opening) => entry?.Kind switch
    {
        FundEntryKind.Contribution => BookLineKind.Contribution,
        FundEntryKind.AdjustmentIn => BookLineKind.AdjustmentIn,
        FundEntryKind.AdjustmentOut => BookLineKind.AdjustmentOut,
        FundEntryKind.Correction => BookLineKind.Correction,
        _ => opening is null ? BookLineKind.Payout : BookLineKind.Opening,
    };
}
