using Phoenix.Ledger.Accounts;

namespace Phoenix.Ledger.Verify;

/// <summary>What <see cref="JournalVerifier"/> found.</summary>
/// <param name="Fault">The first thing that is wrong, or null: everything holds.</param>
/// <param name="Summary">The journal as far as it was proved.</param>
public sealed record VerifyReport(VerifyFault? Fault, VerifySummary Summary)
{
    /// <summary>Whether everything holds.</summary>
    public bool IsProved => Fault is null;
}

/// <summary>The first line that can't be true, and why.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Seq">The seq the line has (or must have), or null where it has none: header, trailer, or no journal at all.</param>
/// <param name="Code">Stable: <c>verify.reason</c>.</param>
/// <param name="English">One sentence for the auditor.</param>
/// <param name="Chinese">The same in Simplified Chinese.</param>
public sealed record VerifyFault(long Line, long? Seq, string Code, string English, string Chinese);

/// <summary>A journal in figures.</summary>
public sealed record VerifySummary
{
    /// <summary>The community, 0 when there was no header.</summary>
    public int Community { get; init; }

    /// <summary>Postings proved.</summary>
    public long Postings { get; init; }

    /// <summary>The last posting proved, as others may note it.</summary>
    public JournalHead Head { get; init; } = new(0, new string('0', 64));

    /// <summary>The first posting's stamp, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The last posting's stamp, UTC.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>When the export was made and signed, UTC.</summary>
    public DateTimeOffset? ExportedAt { get; init; }

    /// <summary>The signing key's id.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>Whether the signing key is one the caller named, and not only the one the file brings along.</summary>
    public bool KeyWasExpected { get; init; }

    /// <summary>Accounts opened.</summary>
    public long Accounts { get; init; }

    /// <summary>Holds neither captured nor given back.</summary>
    public long OpenHolds { get; init; }

    /// <summary>Per asset and kind of account: how many accounts, and the sum of their balances in units. The sums of one asset add up to 0.</summary>
    public IReadOnlyList<AssetTotal> Totals { get; init; } = [];

    /// <summary>What the proof had to keep in memory.</summary>
    public VerifyFootprint Footprint { get; init; } = new();
}

/// <summary>The accounts of one kind.</summary>
/// <param name="Asset">What is counted.</param>
/// <param name="Kind">What the accounts are for.</param>
/// <param name="Accounts">How many.</param>
/// <param name="Balance">Sum of the balances, in units.</param>
public sealed record AssetTotal(Asset Asset, AccountKind Kind, long Accounts, Int128 Balance);

/// <summary>
/// What grows while a journal is read. Accounts grow with accounts (a member has one per expiry date). Everything else is bounded by what is
/// open or corrected, not by the length of the file, but for one bit a posting and two bytes a request (at most 64 MiB).
/// </summary>
public sealed record VerifyFootprint
{
    /// <summary>The longest line, in bytes; at most <see cref="VerifyOptions.MaxLineBytes"/> are ever kept.</summary>
    public int LongestLineBytes { get; init; }

    /// <summary>Most holds kept at one time: open ones, and captured ones of which the file shows a refund.</summary>
    public int MostHolds { get; init; }

    /// <summary>Postings kept because the file reverses them.</summary>
    public int Targets { get; init; }

    /// <summary>Request ids kept because they may occur twice.</summary>
    public int Requests { get; init; }

    /// <summary>Size of the filter that finds those, in bytes.</summary>
    public int FilterBytes { get; init; }
}
