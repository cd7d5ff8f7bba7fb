using Phoenix.Ledger.Commands;
using Phoenix.Platform.Time;

namespace Phoenix.App.Bookkeeping;

/// <summary>What is paused in the community in scope, for those who have to say so.</summary>
public interface ICoinPauses
{
    /// <summary>Why nothing can be exchanged at present; null when it can.</summary>
    Task<string?> RedeemPaused(CancellationToken cancel);
}

/// <summary>What the module that placed a hold adds to the request that ends it.</summary>
/// <param name="Counters">Stock and limits given back.</param>
/// <param name="Attachments">What its part of the ledger's transaction takes.</param>
public sealed record HoldParts(IReadOnlyList<CounterUse> Counters, IReadOnlyList<object> Attachments);

/// <summary>The module that places holds: its own rows end with them, in one transaction.</summary>
public interface IHoldOwner
{
    /// <summary>The parts of those holds of the community in scope that are the module's, at their expiry.</summary>
    Task<IReadOnlyDictionary<long, HoldParts>> AtExpiry(IReadOnlyCollection<long> holds, CancellationToken cancel);
}

/// <summary>A module's own rows beside the ledger, for the nightly check.</summary>
public interface IBookAudit
{
    /// <summary>What doesn't agree with the ledger in the community in scope, as a stable word and ids; null where everything does.</summary>
    Task<string?> Fault(CancellationToken cancel);
}

/// <summary>The request that ends a hold whose time is over: the same one whoever finds it first, the sweep or somebody at the till.</summary>
public static class HoldExpiry
{
    /// <summary>The sweep's name, which is the request's route.</summary>
    public const string Name = "holds.expire";

    /// <summary>The request, with a request id made of the hold's number.</summary>
    public static LedgerRequest Request(int community, long hold, HoldParts? parts) =>
        new(community, RequestIds.Of(community, $"expire:{hold}"), Guid.Empty, Name, new ExpireHold(hold) { Rule = "hold-time/1" })
        {
            Counters = parts?.Counters ?? [],
            Attachments = parts?.Attachments ?? [],
        };
}

/// <summary>One thing that shows that a posting or a record is right, for an auditor. Names nobody: people are ids, as in the journal and in the log.</summary>
/// <param name="Label">What it is: 签到.</param>
/// <param name="Text">In words; null where the time or the id says it.</param>
/// <param name="At">When; null where it has no time.</param>
/// <param name="Who">Who did it, or whose coins they are: the id that the journal and the log have.</param>
public sealed record EvidenceFact(string Label, string? Text = null, DateTimeOffset? At = null, Guid? Who = null);

/// <summary>What stands behind a posting or a record.</summary>
/// <param name="Title">In a few words: 兑换：爱心午餐，社区食堂.</param>
/// <param name="Facts">In the order in which it happened.</param>
/// <param name="PersonId">Whom it is about, so that a look at a minor is logged (hard rule 8); null where it is about nobody.</param>
public sealed record Evidence(string Title, IReadOnlyList<EvidenceFact> Facts, Guid? PersonId = null);

/// <summary>A module tells what stands behind postings that it made.</summary>
public interface IPostingEvidence
{
    /// <summary>The evidence by the postings' references (<c>redemption:0198…</c>) in the community in scope; a reference of another module's is absent.</summary>
    /// <param name="references">At most ten.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    Task<IReadOnlyDictionary<string, Evidence>> Behind(IReadOnlyCollection<string> references, CancellationToken cancel);
}

/// <summary>References of postings (<c>redemption:0198…</c>).</summary>
public static class PostingReferences
{
    /// <summary>The ids in those references that begin with a prefix; one that has no id there is passed over.</summary>
    public static IReadOnlyList<Guid> Ids(IEnumerable<string> references, string prefix) =>
        [.. references.Where(r => r.StartsWith(prefix, StringComparison.Ordinal)).Select(r => Guid.TryParseExact(r.AsSpan(prefix.Length), "N", out var id) ? id : (Guid?)null).OfType<Guid>()];
}

/// <summary>The service records that are drawn from beside the journal: those with hours only have no posting, and are checked as well.</summary>
public interface IRecordEvidence
{
    /// <summary>How many versions of records were written from an instant to another (exclusive) in the community in scope.</summary>
    Task<int> Count(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel);

    /// <summary>The versions at these places, counted from 0 in the order in which they were written.</summary>
    Task<IReadOnlyList<Guid>> At(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<int> places, CancellationToken cancel);

    /// <summary>What stands behind versions, and the request id under which the journal has their coins; null where they have none.</summary>
    Task<IReadOnlyDictionary<Guid, (Evidence Evidence, Guid? RequestId)>> Of(IReadOnlyCollection<Guid> versions, CancellationToken cancel);
}

/// <summary>What the coins of a community did in a month. What was outstanding before it, and what was issued, less what was exchanged and expired, is outstanding after it.</summary>
/// <param name="Month">Which.</param>
/// <param name="Issued">Coins that came into being, less those that went out of it again.</param>
/// <param name="Exchanged">Coins that merchants got, less those that they gave back.</param>
/// <param name="Expired">Coins whose time was over.</param>
/// <param name="Outstanding">Coins that members and pools had at its end, held ones included.</param>
/// <param name="People">How many members' coins moved.</param>
public sealed record CoinMonth(Month Month, long Issued, long Exchanged, long Expired, long Outstanding, int People);

/// <summary>The coins of the community in scope, month by month, from the journal.</summary>
public interface ICoinMonths
{
    /// <summary>Most months of one question.</summary>
    const int MaxMonths = 12;

    /// <summary>Every month of the span, both included, earliest first. To be asked of months that are over: they don't change.</summary>
    Task<IReadOnlyList<CoinMonth>> Between(Month from, Month to, CancellationToken cancel);
}
