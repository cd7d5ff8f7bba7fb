using Phoenix.Ledger.Accounts;

namespace Phoenix.Ledger.Commands;

/// <summary>The answer to a request that was applied; a retry gets an equal one.</summary>
/// <param name="Community">The community.</param>
/// <param name="RequestId">The request's id.</param>
/// <param name="Postings">One per command, in order.</param>
public sealed record Posted(int Community, Guid RequestId, IReadOnlyList<PostingReceipt> Postings)
{
    /// <summary>The first posting: the only one of most requests.</summary>
    public PostingReceipt First => Postings[0];

    /// <inheritdoc />
    public bool Equals(Posted? other) =>
        other is not null && Community == other.Community && RequestId == other.RequestId && Postings.SequenceEqual(other.Postings);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Community, RequestId, Postings.Count);
}

/// <summary>One posting as it stands in the journal.</summary>
/// <param name="Seq">Its place in the community's journal, from 1; the hold's id when <paramref name="Kind"/> is Hold.</param>
/// <param name="Kind">What it did.</param>
/// <param name="At">The server's stamp, UTC, whole milliseconds.</param>
/// <param name="Legs">What moved, in order.</param>
/// <param name="Subject">The hold it is about, the posting it reverses, or for a hold the receiving account's number; 0 for none.</param>
/// <param name="Until">The hold's time limit (hold, extend).</param>
/// <param name="Shortfall">What a reversal could not take back, in units.</param>
public sealed record PostingReceipt(long Seq, PostingKind Kind, DateTimeOffset At, IReadOnlyList<LegReceipt> Legs, long Subject, DateTimeOffset? Until, long Shortfall)
{
    /// <summary>The sum of the legs, in units.</summary>
    public long Amount => Legs.Sum(l => l.Amount);

    /// <inheritdoc />
    public bool Equals(PostingReceipt? other) =>
        other is not null && Seq == other.Seq && Kind == other.Kind && At == other.At && Subject == other.Subject
        && Until == other.Until && Shortfall == other.Shortfall && Legs.SequenceEqual(other.Legs);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Seq, Kind, At, Legs.Count);
}

/// <summary>One movement.</summary>
/// <param name="From">Where the units left.</param>
/// <param name="To">Where they arrived.</param>
/// <param name="Amount">In units.</param>
/// <param name="FromAfter">Balance after it, in units.</param>
/// <param name="ToAfter">Balance after it, in units.</param>
public sealed record LegReceipt(AccountKey From, AccountKey To, long Amount, long FromAfter, long ToAfter);
