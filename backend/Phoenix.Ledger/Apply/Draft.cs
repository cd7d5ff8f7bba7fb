using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Journal;
using Phoenix.Platform.Results;

namespace Phoenix.Ledger.Apply;

/// <summary>
/// One request being applied to the loaded state. Every change is noted with its undoing, so that a refusal in the middle leaves the state
/// as it was for the requests behind it.
/// </summary>
internal sealed class Draft(CommunityState community, Changes changes, long atMs, int utcOffsetMinutes)
{
    private readonly List<Action> _undo = [];
    private readonly HashSet<AccountState> _touched = [];

    public CommunityState Community { get; } = community;
    public long AtMs { get; } = atMs;
    public DateOnly Today { get; } = Days.DayOf(atMs, utcOffsetMinutes);

    /// <summary>The posting being made.</summary>
    public JournalPosting Posting { get; private set; } = new();

    /// <summary>The finished postings of this request.</summary>
    public List<JournalPosting> Finished { get; } = [];

    /// <summary>The seq of the request's first posting.</summary>
    public long FirstSeq { get; } = community.Seq + 1;

    public void Begin(JournalPosting posting)
    {
        Posting = posting;
        _touched.Clear();
    }

    /// <summary>Moves units, within floor, ceiling and 64 bits.</summary>
    public Error? Move(AccountState from, AccountState to, long amount)
    {
        if (from.Balance < from.Floor + amount)
            return new Insufficient(from.Floor + amount - from.Balance);
        if (to.Balance > AccountKinds.MaxBalance - amount)
            return new BalanceOverflow();
        if (to.Ceiling is { } ceiling && to.Balance > ceiling - amount)
            return new CeilingReached();
        if (Posting.Legs.Count == LedgerLimits.MaxPostingLegs)
            return new TooManyLegs();
        _undo.Add(() =>
        {
            from.Balance += amount;
            to.Balance -= amount;
        });
        from.Balance -= amount;
        to.Balance += amount;
        _touched.Add(from);
        _touched.Add(to);
        Posting.Legs.Add(new JournalLeg(from.Id, to.Id, amount, from.Balance, to.Balance, from.Seq, to.Seq));
        return null;
    }

    /// <summary>Takes units from a member's lots that have not lapsed, earliest date first. Gives what was taken from each.</summary>
    public Error? Spend(Guid member, Asset asset, long amount, AccountState to, List<HoldLeg>? taken = null)
    {
        foreach (var lot in Community.LotsOf(member, asset))
        {
            if (IsLapsed(lot.Key) || lot.Balance == 0)
                continue;
            var part = Math.Min(lot.Balance, amount);
            if (Move(lot, to, part) is { } error)
                return error;
            taken?.Add(new HoldLeg(lot.Id, part));
            amount -= part;
            if (amount == 0)
                return null;
        }

        return new Insufficient(amount);
    }

    public bool IsLapsed(in AccountKey lot) => lot.ExpiresOn < Today;

    public AccountState? Find(in AccountKey key) => Community.ByKey.GetValueOrDefault(key);

    public AccountState FindOrOpen(in AccountKey key) => Find(key) ?? Open(key, AccountKinds.FloorOf(key.Kind), null);

    public AccountState Open(AccountKey key, long floor, long? ceiling)
    {
        var account = new AccountState
        {
            Community = Community.Id,
            Id = ++Community.Accounts,
            Key = key,
            Floor = floor,
            Ceiling = ceiling,
            OpenedSeq = Posting.Seq,
        };
        Community.Add(account);
        changes.OpenedAccounts.Add(account);
        Posting.Opened.Add(new JournalAccount(account.Id, key, floor, ceiling));
        _undo.Add(() =>
        {
            Community.Remove(account);
            Community.Accounts--;
            changes.OpenedAccounts.RemoveAt(changes.OpenedAccounts.Count - 1);
        });
        return account;
    }

    /// <summary>Where units that came from an account go back to: a lapsed lot's live on as a grace lot, or expire when there is no grace.</summary>
    public AccountState BackTo(AccountState account)
    {
        if (account.Key.Kind != AccountKind.Member || !IsLapsed(account.Key))
            return account;
        return Community.GraceDays > 0
            ? FindOrOpen(account.Key with { ExpiresOn = Today.AddDays(Community.GraceDays) })
            : FindOrOpen(new AccountKey(AccountKind.Expired, Guid.Empty, account.Key.Asset));
    }

    public void Place(HoldState hold)
    {
        Community.Holds.Add(hold.Id, hold);
        changes.PlacedHolds.Add(hold);
        _undo.Add(() =>
        {
            Community.Holds.Remove(hold.Id);
            changes.PlacedHolds.RemoveAt(changes.PlacedHolds.Count - 1);
        });
    }

    public void Change(HoldState hold, Action change)
    {
        var (expires, extended, captured, refunded, resolution, resolved, seq) =
            (hold.ExpiresAtMs, hold.Extended, hold.Captured, hold.Refunded, hold.Resolution, hold.ResolvedSeq, hold.Seq);
        _undo.Add(() => (hold.ExpiresAtMs, hold.Extended, hold.Captured, hold.Refunded, hold.Resolution, hold.ResolvedSeq, hold.Seq) =
            (expires, extended, captured, refunded, resolution, resolved, seq));
        change();
        hold.Seq = Posting.Seq;
        changes.TouchedHolds.Add(hold);
    }

    public void Resolve(HoldState hold, PostingKind by, long captured)
    {
        Change(hold, () => (hold.Resolution, hold.ResolvedSeq, hold.Captured) = (by, Posting.Seq, captured));
        changes.ResolvedHolds.Add(hold);
        _undo.Add(() => changes.ResolvedHolds.RemoveAt(changes.ResolvedHolds.Count - 1));
    }

    public void Reverse(TargetState target, long seq, long shortfall)
    {
        target.ReversedBy = Posting.Seq;
        changes.Reversals.Add((Community.Id, seq, Posting.Seq, shortfall));
        _undo.Add(() =>
        {
            target.ReversedBy = 0;
            changes.Reversals.RemoveAt(changes.Reversals.Count - 1);
        });
    }

    public void SetPolicy(SetPolicy policy)
    {
        var (issue, redeem, grace) = (Community.IssueFrozen, Community.RedeemFrozen, Community.GraceDays);
        _undo.Add(() => (Community.IssueFrozen, Community.RedeemFrozen, Community.GraceDays) = (issue, redeem, grace));
        (Community.IssueFrozen, Community.RedeemFrozen, Community.GraceDays) = (policy.IssueFrozen, policy.RedeemFrozen, policy.GraceDays);
    }

    public Error? Use(CounterUse use)
    {
        if (!Community.Counters.TryGetValue((use.Key, use.Period), out var counter))
            Community.Counters.Add((use.Key, use.Period), counter = new CounterState { Community = Community.Id, Key = use.Key, Period = use.Period });
        if (use.Add > 0 && counter.Used > use.Cap - use.Add)
            return new CounterFull(use.Key, Math.Max(0, use.Cap - counter.Used));
        if (counter.Used + use.Add < 0)
            return new CounterEmpty(use.Key);
        var (used, cap, changed) = (counter.Used, counter.Cap, counter.Changed);
        _undo.Add(() => (counter.Used, counter.Cap, counter.Changed) = (used, cap, changed));
        counter.Used += use.Add;
        counter.Cap = Math.Max(use.Cap, counter.Used);
        counter.Changed = true;
        changes.TouchedCounters.Add(counter);
        return null;
    }

    /// <summary>Closes the posting: chain, head, and the accounts' last posting.</summary>
    public void Finish(CanonicalForm form)
    {
        var posting = Posting;
        posting.Hash = form.Hash(posting, Community.Hash);
        var (hash, at) = (Community.Hash, Community.AtMs);
        var touched = _touched.Select(a => (Account: a, a.Seq)).ToArray();
        _undo.Add(() =>
        {
            (Community.Hash, Community.AtMs) = (hash, at);
            Community.Seq--;
            foreach (var (account, seq) in touched)
                account.Seq = seq;
            changes.Postings.RemoveAt(changes.Postings.Count - 1);
        });
        Community.Seq++;
        Community.Hash = posting.Hash;
        Community.AtMs = AtMs;
        foreach (var (account, _) in touched)
        {
            account.Seq = posting.Seq;
            changes.TouchedAccounts.Add(account);
        }

        changes.TouchedHeads.Add(Community);
        changes.Postings.Add(posting);
        Finished.Add(posting);
    }

    public void Undo()
    {
        for (var i = _undo.Count - 1; i >= 0; i--)
            _undo[i]();
        _undo.Clear();
    }
}
