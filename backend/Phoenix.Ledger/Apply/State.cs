using System.Runtime.InteropServices;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Journal;

namespace Phoenix.Ledger.Apply;

/// <summary>An account as loaded and as it will be.</summary>
internal sealed class AccountState
{
    public required int Community { get; init; }
    public required long Id { get; init; }
    public required AccountKey Key { get; init; }
    public required long Floor { get; init; }
    public long? Ceiling { get; init; }

    /// <summary>The posting that opened it.</summary>
    public long OpenedSeq { get; init; }
    public long Balance { get; set; }

    /// <summary>The last posting that touched it.</summary>
    public long Seq { get; set; }

    /// <summary>As the database has it; -1 when it has none.</summary>
    public long SavedSeq { get; set; } = -1;
}

/// <summary>A hold as loaded and as it will be.</summary>
internal sealed class HoldState
{
    public required int Community { get; init; }
    public required long Id { get; init; }
    public required Guid Owner { get; init; }
    public required Asset Asset { get; init; }
    public required long ToAccount { get; init; }
    public required long Amount { get; init; }
    public long ExpiresAtMs { get; set; }
    public bool Extended { get; set; }
    public long Captured { get; set; }
    public long Refunded { get; set; }
    public PostingKind? Resolution { get; set; }
    public long ResolvedSeq { get; set; }
    public long Seq { get; set; }
    public long SavedSeq { get; set; } = -1;

    /// <summary>The lots it came from, earliest first.</summary>
    public List<HoldLeg> Legs { get; init; } = [];
}

/// <summary>What a hold took from one lot.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HoldLeg(long Lot, long Amount);

/// <summary>A counter as loaded and as it will be.</summary>
internal sealed class CounterState
{
    public required int Community { get; init; }
    public required string Key { get; init; }
    public required int Period { get; init; }
    public long Used { get; set; }
    public long Cap { get; set; }
    public bool Changed { get; set; }
}

/// <summary>A posting that may be reversed, or has been.</summary>
internal sealed class TargetState
{
    public required PostingKind Kind { get; init; }
    public required IList<JournalLeg> Legs { get; init; }
    public long ReversedBy { get; set; }
}

/// <summary>Everything of one community that a batch has looked at.</summary>
internal sealed class CommunityState(int id)
{
    public int Id { get; } = id;
    public long Seq { get; set; }
    public byte[] Hash { get; set; } = new byte[32];
    public long AtMs { get; set; }
    public long Accounts { get; set; }
    public bool IssueFrozen { get; set; }
    public bool RedeemFrozen { get; set; }
    public int GraceDays { get; set; }

    /// <summary>As the database has it.</summary>
    public long SavedSeq { get; set; }

    public Dictionary<AccountKey, AccountState> ByKey { get; } = [];
    public Dictionary<long, AccountState> ById { get; } = [];

    /// <summary>Each member's lots by date.</summary>
    public Dictionary<(Guid, Asset), List<AccountState>> Lots { get; } = [];
    public Dictionary<long, HoldState> Holds { get; } = [];
    public Dictionary<long, TargetState> Targets { get; } = [];
    public Dictionary<(string, int), CounterState> Counters { get; } = [];

    /// <summary>Postings under the request ids of this batch, in order of part.</summary>
    public Dictionary<Guid, List<JournalPosting>> Known { get; } = [];

    public void Add(AccountState account)
    {
        if (!ById.TryAdd(account.Id, account))
            return;
        ByKey.Add(account.Key, account);
        if (account.Key.Kind != AccountKind.Member)
            return;
        var key = (account.Key.Owner, account.Key.Asset);
        if (!Lots.TryGetValue(key, out var lots))
            Lots.Add(key, lots = []);
        var at = lots.FindIndex(l => l.Key.ExpiresOn > account.Key.ExpiresOn);
        lots.Insert(at < 0 ? lots.Count : at, account);
    }

    public void Remove(AccountState account)
    {
        ById.Remove(account.Id);
        ByKey.Remove(account.Key);
        if (account.Key.Kind == AccountKind.Member)
            Lots[(account.Key.Owner, account.Key.Asset)].Remove(account);
    }

    public IReadOnlyList<AccountState> LotsOf(Guid owner, Asset asset) => Lots.TryGetValue((owner, asset), out var lots) ? lots : [];
}

/// <summary>Everything a transaction will write. Changed accounts, holds and counters are found by comparing with what was loaded.</summary>
internal sealed class Changes
{
    public List<JournalPosting> Postings { get; } = [];
    public List<AccountState> OpenedAccounts { get; } = [];
    public HashSet<AccountState> TouchedAccounts { get; } = [];
    public List<HoldState> PlacedHolds { get; } = [];
    public HashSet<HoldState> TouchedHolds { get; } = [];
    public List<HoldState> ResolvedHolds { get; } = [];
    public List<(int Community, long Target, long By, long Shortfall)> Reversals { get; } = [];
    public HashSet<CounterState> TouchedCounters { get; } = [];
    public HashSet<CommunityState> TouchedHeads { get; } = [];

    public bool IsEmpty => Postings.Count == 0;
}
