namespace Phoenix.Ledger.Verify;

/// <summary>What a verifier knows besides the file.</summary>
public sealed record VerifyOptions
{
    /// <summary>Longest line taken, in bytes: a posting of 256 legs with the longest numbers needs about 50 KiB.</summary>
    public const int MaxLineBytes = 256 * 1024;

    /// <summary>Heads known from earlier (published monthly): the line with that seq must have that hash.</summary>
    public IReadOnlyList<JournalHead> Since { get; init; } = [];

    /// <summary>The key the trailer must be signed with: base64 of its SPKI bytes, or null when the file's own key is taken.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The id of the key the trailer must be signed with (16 hex digits), or null.</summary>
    public string? KeyId { get; init; }
}

/// <summary>A place in a journal and the hash it has there.</summary>
/// <param name="Seq">The posting's seq; 0 before the first.</param>
/// <param name="Hash">64 lower-case hex digits.</param>
public sealed record JournalHead(long Seq, string Hash)
{
    /// <summary>Reads <c>seq:hash</c>; null when it is not of that form.</summary>
    public static JournalHead? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !long.TryParse(text.AsSpan(0, colon), System.Globalization.NumberStyles.None, null, out var seq))
            return null;
        var hash = text[(colon + 1)..];
        return Grammar.IsHex(hash, 64) ? new JournalHead(seq, hash) : null;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Seq}:{Hash}";
}
