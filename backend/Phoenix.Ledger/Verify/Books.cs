using System.Collections;
using System.Runtime.InteropServices;
using Phoenix.Ledger.Accounts;

namespace Phoenix.Ledger.Verify;

/// <summary>An account as the postings so far have made it.</summary>
internal sealed class BookAccount
{
    public required long Id { get; init; }
    public required AccountKind Kind { get; init; }
    public required Guid Owner { get; init; }
    public required Asset Asset { get; init; }
    public required DateOnly? Expires { get; init; }
    public required long Floor { get; init; }
    public required long Ceiling { get; init; }
    public long Balance { get; set; }

    /// <summary>The last posting before the present one with a leg of this account; 0 for none.</summary>
    public long LastSeq { get; set; }
}

/// <summary>A hold that is open, or was captured and will be refunded.</summary>
internal sealed class BookHold
{
    public required long Id { get; init; }
    public required BookAccount Held { get; init; }
    public required BookAccount Receiver { get; init; }
    public required IReadOnlyList<Part> Parts { get; init; }
    public required long Amount { get; init; }
    public long UntilMs { get; set; }
    public bool IsExtended { get; set; }
    public long Captured { get; set; }
    public long Refunded { get; set; }
}

/// <summary>What a hold took from one lot.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Part(BookAccount Lot, long Amount);

/// <summary>A leg as the rules want it; no account to go to when the one it must go to was never opened.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Planned(BookAccount From, BookAccount? To, long Amount)
{
    /// <summary>Whether the file has just these legs.</summary>
    public static bool Matches(IReadOnlyList<Planned> plan, IReadOnlyList<LegLine> legs, int skip = 0)
    {
        if (legs.Count - skip != plan.Count)
            return false;
        for (var i = 0; i < plan.Count; i++)
            if (plan[i].To is not { } to || legs[i + skip].From != plan[i].From.Id || legs[i + skip].To != to.Id || legs[i + skip].Amount != plan[i].Amount)
                return false;
        return true;
    }
}

/// <summary>A posting that the file reverses later.</summary>
internal sealed record BookTarget(bool IsReversible, IReadOnlyList<LegLine> Legs)
{
    public bool IsReversed { get; set; }
}

/// <summary>Everything that has to be known about the postings so far.</summary>
internal sealed class Books(int utcOffsetMinutes)
{
    private readonly List<BookAccount> _accounts = [];
    private readonly Dictionary<(AccountKind, Guid, Asset, DateOnly?), BookAccount> _byName = [];
    private readonly Dictionary<(Guid, Asset), List<BookAccount>> _lots = [];
    private readonly Dictionary<long, BookHold> _holds = [];
    private readonly BitArray _wasHold = new(64);

    public bool IssueFrozen { get; set; }
    public bool RedeemFrozen { get; set; }
    public int GraceDays { get; set; }

    /// <summary>The community's day of the present posting.</summary>
    public DateOnly Today { get; private set; }

    public IReadOnlyList<BookAccount> Accounts => _accounts;
    public long OpenHolds { get; private set; }
    public int MostHolds { get; private set; }

    /// <summary>Postings that a later line reverses, by seq.</summary>
    public Dictionary<long, BookTarget> Targets { get; } = [];

    public void SetDay(long atMs) => Today = Grammar.DayAt(atMs, utcOffsetMinutes);

    public BookAccount? Find(long id) => id >= 1 && id <= _accounts.Count ? _accounts[(int)(id - 1)] : null;

    public BookAccount? Find(AccountKind kind, Guid owner, Asset asset, DateOnly? expires) => _byName.GetValueOrDefault((kind, owner, asset, expires));

    /// <summary>Adds an account; false when there is one of that name.</summary>
    public bool Open(BookAccount account)
    {
        if (!_byName.TryAdd((account.Kind, account.Owner, account.Asset, account.Expires), account))
            return false;
        _accounts.Add(account);
        if (account.Kind != AccountKind.Member)
            return true;
        ref var lots = ref CollectionsMarshal.GetValueRefOrAddDefault(_lots, (account.Owner, account.Asset), out _);
        lots ??= new List<BookAccount>(1);
        var at = lots.FindIndex(l => l.Expires > account.Expires);
        lots.Insert(at < 0 ? lots.Count : at, account);
        return true;
    }

    /// <summary>A member's lots, earliest date first.</summary>
    public IReadOnlyList<BookAccount> LotsOf(BookAccount lot) => _lots[(lot.Owner, lot.Asset)];

    public bool IsLapsed(BookAccount account) => account.Expires < Today;

    /// <summary>The member's lot from which the next coin must be spent, or null when nothing is left.</summary>
    public BookAccount? NextLot(BookAccount lot)
    {
        foreach (var candidate in LotsOf(lot))
            if (candidate.Balance > 0 && !IsLapsed(candidate))
                return candidate;
        return null;
    }

    /// <summary>Where what came from an account goes back to; null when that account was never opened.</summary>
    public BookAccount? BackTo(BookAccount account)
    {
        if (!IsLapsed(account))
            return account;
        return GraceDays > 0
            ? Find(AccountKind.Member, account.Owner, account.Asset, Today.AddDays(GraceDays))
            : Find(AccountKind.Expired, Guid.Empty, account.Asset, null);
    }

    public BookHold? Hold(long id) => _holds.GetValueOrDefault(id);

    /// <summary>Whether a posting was a hold, whatever became of it.</summary>
    public bool WasHold(long id) => id > 0 && id < _wasHold.Length && _wasHold[(int)id];

    public void Place(BookHold hold)
    {
        _holds.Add(hold.Id, hold);
        if (hold.Id >= _wasHold.Length)
            _wasHold.Length = (int)Math.Min(int.MaxValue, hold.Id * 2);
        _wasHold[(int)hold.Id] = true;
        OpenHolds++;
        MostHolds = Math.Max(MostHolds, _holds.Count);
    }

    /// <summary>The hold is no longer open; it is kept only when it must still be known.</summary>
    public void Resolve(BookHold hold, bool keep)
    {
        OpenHolds--;
        if (!keep)
            _holds.Remove(hold.Id);
    }

    public List<AssetTotal> Totals() => _accounts
        .GroupBy(a => (a.Asset, a.Kind))
        .OrderBy(g => g.Key)
        .Select(g => new AssetTotal(g.Key.Asset, g.Key.Kind, g.LongCount(), g.Aggregate(Int128.Zero, (sum, a) => sum + a.Balance)))
        .ToList();
}
