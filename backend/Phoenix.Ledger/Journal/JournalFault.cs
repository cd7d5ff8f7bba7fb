namespace Phoenix.Ledger.Journal;

/// <summary>What a verifier found wrong, by the first line that shows it.</summary>
/// <param name="Line">The line of the file, from 1; 0 where there is no file.</param>
/// <param name="Seq">The posting, or 0.</param>
/// <param name="Code">Stable: <c>journal.reason</c>.</param>
/// <param name="Message">One Chinese sentence.</param>
public sealed record JournalFault(long Line, long Seq, string Code, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"第 {Line} 行（第 {Seq} 笔）：{Message}[{Code}]";
}

/// <summary>What verifying came to.</summary>
/// <param name="Fault">The first fault, or null: everything is proved.</param>
/// <param name="Community">The community, 0 when the header could not be read.</param>
/// <param name="Count">Postings proved.</param>
/// <param name="Head">The last proved posting as <c>seq:hash</c>.</param>
/// <param name="KeyId">Who signed, or empty.</param>
/// <param name="KeyTrusted">Whether the key is one of those given; false when none were given.</param>
/// <param name="Balances">Sums of balances per kind and asset (<c>member/coin</c>), in units.</param>
public sealed record JournalReport(JournalFault? Fault, int Community, long Count, string Head, string KeyId, bool KeyTrusted, IReadOnlyDictionary<string, long> Balances)
{
    /// <summary>Whether everything is proved.</summary>
    public bool Ok => Fault is null;
}

/// <summary>How to verify.</summary>
public sealed record JournalVerifyOptions
{
    /// <summary>A head published earlier: the posting with that seq must have that hash.</summary>
    public (long Seq, string Hash)? Since { get; init; }

    /// <summary>Public keys (SPKI, DER) of which one must have signed; empty: any key will do, and the report says whose.</summary>
    public IReadOnlyList<byte[]> TrustedKeys { get; init; } = [];

    /// <summary>Longest line, in bytes.</summary>
    public int MaxLineBytes { get; init; } = 1 << 20;

    /// <summary>Reads <c>seq:hash</c>; null when it isn't that.</summary>
    public static (long Seq, string Hash)? ParseHead(string head)
    {
        var colon = head.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !long.TryParse(head.AsSpan(0, colon), out var seq) || seq < 1)
            return null;
        var hash = head[(colon + 1)..].ToLowerInvariant();
        return hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower) ? (seq, hash) : null;
    }
}
