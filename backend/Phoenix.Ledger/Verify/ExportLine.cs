using System.Runtime.InteropServices;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Verify;

/// <summary>The export's first line.</summary>
internal sealed record HeaderLine(int Community, int UtcOffsetMinutes);

/// <summary>The export's last line.</summary>
internal sealed record TrailerLine(long Count, string Head, long AtMs, long ExportedAtMs, string KeyId, byte[] PublicKey, byte[] Signature);

/// <summary>One posting as the file has it. Null stands for an absent number, the empty text for an absent text.</summary>
internal sealed class PostingLine
{
    public long? Community { get; set; }
    public long Seq { get; set; }
    public string KindName { get; set; } = "";
    public PostingKind Kind { get; set; }
    public long AtMs { get; set; }
    public string Request { get; set; } = "";
    public long Part { get; set; }
    public long Parts { get; set; }
    public string Input { get; set; } = "";
    public string Actor { get; set; } = "";
    public string Ref { get; set; } = "";
    public string Rule { get; set; } = "";
    public string Commit { get; set; } = "";
    public long? Subject { get; set; }
    public long? UntilMs { get; set; }
    public long? Shortfall { get; set; }
    public string Extra { get; set; } = "";
    public List<OpenedLine> Opened { get; } = [];
    public List<LegLine> Legs { get; } = [];
    public string Hash { get; set; } = "";
    public string? Text { get; set; }
    public string Salt { get; set; } = "";
}

/// <summary>An account the posting opens.</summary>
internal sealed record OpenedLine(long Id, AccountKind Kind, string Owner, Asset Asset, DateOnly? Expires, long Floor, long? Ceiling)
{
    /// <summary>The date as it is hashed.</summary>
    public long? ExpiresNumber => Expires is { } d ? d.Year * 10000 + d.Month * 100 + d.Day : null;
}

/// <summary>One leg of the posting.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LegLine(long N, long From, long To, long Amount, long FromAfter, long ToAfter, long FromPrev, long ToPrev);
