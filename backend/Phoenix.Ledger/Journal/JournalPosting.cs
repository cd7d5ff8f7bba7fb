using System.Runtime.InteropServices;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Journal;

/// <summary>One posting with everything its hash covers; what is written, exported and verified. Zero stands for an absent number.</summary>
public sealed class JournalPosting
{
    /// <summary>The community.</summary>
    public int Community { get; init; }

    /// <summary>Place in the journal, from 1.</summary>
    public long Seq { get; init; }

    /// <summary>What it does.</summary>
    public PostingKind Kind { get; init; }

    /// <summary>The server's stamp, Unix milliseconds.</summary>
    public long AtMs { get; init; }

    /// <summary>The request's id.</summary>
    public Guid RequestId { get; init; }

    /// <summary>Place among the request's linked postings, from 1.</summary>
    public int Part { get; init; }

    /// <summary>How many linked postings the request made.</summary>
    public int Parts { get; init; }

    /// <summary>Hash of the request's input, 16 bytes.</summary>
    public byte[] InputHash { get; init; } = [];

    /// <summary>Pseudonym of who caused it.</summary>
    public Guid Actor { get; init; }

    /// <summary>What it belongs to.</summary>
    public string Ref { get; init; } = "";

    /// <summary>Which rule decided it.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Salted commitment to the reason, or null.</summary>
    public byte[]? TextCommit { get; set; }

    /// <summary>Hold, target or receiving account; see decisions/0003.</summary>
    public long Subject { get; set; }

    /// <summary>The hold's time limit, Unix milliseconds.</summary>
    public long UntilMs { get; set; }

    /// <summary>What a reversal could not take back, in units.</summary>
    public long Shortfall { get; set; }

    /// <summary>A policy's values.</summary>
    public string Extra { get; set; } = "";

    /// <summary>Accounts it opens, by number.</summary>
    public IList<JournalAccount> Opened { get; } = [];

    /// <summary>What moves, in order.</summary>
    public IList<JournalLeg> Legs { get; } = [];

    /// <summary>The chain's hash at this posting, 32 bytes.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>The salt of the reason, where known and not erased.</summary>
    public byte[]? Salt { get; set; }

    /// <summary>The reason, where known and not erased.</summary>
    public string? Text { get; set; }
}

/// <summary>An account as it was opened.</summary>
/// <param name="Id">Its number in the community, from 1.</param>
/// <param name="Key">Its name.</param>
/// <param name="Floor">Lowest balance, in units.</param>
/// <param name="Ceiling">Highest balance, in units, or null.</param>
public sealed record JournalAccount(long Id, AccountKey Key, long Floor, long? Ceiling);

/// <summary>A leg as it is hashed.</summary>
/// <param name="From">Account number the units leave.</param>
/// <param name="To">Account number they arrive in.</param>
/// <param name="Amount">In units.</param>
/// <param name="FromAfter">Balance after, in units.</param>
/// <param name="ToAfter">Balance after, in units.</param>
/// <param name="FromPrev">Seq of the posting that touched the account before this posting, or 0.</param>
/// <param name="ToPrev">The same for the receiving account.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct JournalLeg(long From, long To, long Amount, long FromAfter, long ToAfter, long FromPrev, long ToPrev);
