using System.Runtime.InteropServices;

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
