using System.Runtime.InteropServices;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Reads;

/// <summary>What a member has, as of one posting of the journal.</summary>
/// <param name="Lots">What can be spent up to which day, earliest first; as stored, so it may hold days that are past when it comes from a cache.</param>
/// <param name="Held">Units in open holds.</param>
/// <param name="Version">The journal's seq it was read at: everything up to it is in, nothing after it.</param>
public sealed record MemberCoins(IReadOnlyList<LotBalance> Lots, long Held, long Version)
{
    /// <summary>What can be spent on a day: lots that lapsed before it don't count, wherever this comes from.</summary>
    public long AvailableOn(DateOnly day) => Lots.Where(l => l.ExpiresOn >= day).Sum(l => l.Amount);
}

/// <summary>What is in one lot.</summary>
/// <param name="ExpiresOn">Last day on which it can be spent.</param>
/// <param name="Amount">In units.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LotBalance(DateOnly ExpiresOn, long Amount);

/// <summary>What is switched on and off in a community's ledger.</summary>
/// <param name="IssueFrozen">No coins come into being.</param>
/// <param name="RedeemFrozen">No coins are held or captured.</param>
/// <param name="GraceDays">For how many days coins of a lapsed lot that come back can be spent; 0: not at all.</param>
public sealed record LedgerPolicy(bool IssueFrozen, bool RedeemFrozen, int GraceDays);

/// <summary>One posting as it changed what a member has, all lots together.</summary>
/// <param name="Seq">The posting.</param>
/// <param name="Kind">What it did.</param>
/// <param name="At">When.</param>
/// <param name="Change">Units that came (above zero) or went; 0 where they only got another date.</param>
/// <param name="Subject">The hold or the reversed posting, or 0.</param>
/// <param name="Ref">What it belongs to.</param>
/// <param name="Rule">Which rule decided it.</param>
/// <param name="Text">The reason, null when there is none or it was erased.</param>
public sealed record MemberEntry(long Seq, PostingKind Kind, DateTimeOffset At, long Change, long Subject, string Ref, string Rule, string? Text);
