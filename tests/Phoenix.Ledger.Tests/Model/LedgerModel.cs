using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Tests.Model;

/// <summary>The rulebook told a second time, as plainly as possible: no cleverness, no shared code with the product but its words.</summary>
internal sealed class LedgerModel
{
    public sealed record Moved(AccountKey From, AccountKey To, long Amount);

    public sealed class Hold
    {
        public required Guid Member { get; init; }
        public required AccountKey To { get; init; }
        public required List<Moved> Taken { get; init; }
        public DateTimeOffset Until { get; set; }
        public bool Extended { get; set; }
        public string State { get; set; } = "open";
        public List<(AccountKey Lot, long Amount)> Captured { get; set; } = [];
    }

    public sealed class Entry
    {
        public required PostingKind Kind { get; init; }
        public required List<Moved> Legs { get; init; }
        public bool Reversed { get; set; }
    }

    public Dictionary<AccountKey, long> Balances { get; private set; } = [];
    public Dictionary<long, Hold> Holds { get; private set; } = [];
    public Dictionary<long, Entry> Journal { get; private set; } = [];
    private Dictionary<AccountKey, (long Floor, long? Ceiling)> _bounds = [];
    private bool _issueFrozen;
    private bool _redeemFrozen;
    private int _grace;
    private DateTimeOffset _at;
    private List<Moved> _legs = [];

    public long Seq { get; private set; }
    public long Shortfall { get; private set; }
    private DateOnly Today => DateOnly.FromDateTime(_at.AddHours(8).UtcDateTime);

    /// <summary>All commands or none. Gives the legs of each, or the code of the refusal.</summary>
    public (List<List<Moved>> Legs, string? Refusal) Apply(IReadOnlyList<LedgerCommand> commands, DateTimeOffset now)
    {
        // What can be seen without looking at any account is refused before anything is tried.
        if (commands.OfType<OpenAccount>().Any(open => open.Floor < 0 && open.Key.Kind != AccountKind.Issuance))
            return ([], "ledger.invalid_bounds");
        var copy = Copy();
        var all = new List<List<Moved>>();
        _at = now > _at ? now : _at;
        var first = Seq + 1;
        foreach (var command in commands)
        {
            _legs = [];
            Shortfall = 0;
            try
            {
                One(command, first);
            }
            catch (RefusedException refused)
            {
                Restore(copy);
                return ([], refused.Message);
            }

            Seq++;
            var kind = command is Move m ? m.Kind : PostingKind.Policy;
            Journal.Add(Seq, new Entry { Kind = kind, Legs = _legs });
            all.Add(_legs);
        }

        return (all, null);
    }

    private void One(LedgerCommand command, long first)
    {
        switch (command)
        {
            case Move move:
                Move(move);
                break;
            case PlaceHold hold:
                Place(hold);
                break;
            case HoldCommand about:
                About(about, first);
                break;
            case Reverse reverse:
                Reverse(reverse.Target);
                break;
            case ExpireLot expire:
                Need(Balances.ContainsKey(expire.Lot), "ledger.unknown_account");
                Need(expire.Lot.ExpiresOn < Today, "ledger.lot_not_lapsed");
                Need(Balances[expire.Lot] > 0, "ledger.lot_empty");
                Go(expire.Lot, AccountKey.Of(AccountKind.Expired), Balances[expire.Lot]);
                break;
            case ExtendLot extend:
                Need(Balances.ContainsKey(extend.Lot), "ledger.unknown_account");
                Need(extend.Lot.ExpiresOn >= Today, "ledger.lot_lapsed");
                Need(extend.ExpiresOn >= Today, "ledger.lot_lapsed");
                Need(Balances[extend.Lot] > 0, "ledger.lot_empty");
                Go(extend.Lot, extend.Lot with { ExpiresOn = extend.ExpiresOn }, Balances[extend.Lot]);
                break;
            case OpenAccount open:
                Need(!Balances.ContainsKey(open.Key), "ledger.account_exists");
                Balances[open.Key] = 0;
                _bounds[open.Key] = (open.Floor, open.Ceiling);
                break;
            case SetPolicy policy:
                (_issueFrozen, _redeemFrozen, _grace) = (policy.IssueFrozen, policy.RedeemFrozen, policy.GraceDays);
                break;
            default:
                throw new InvalidOperationException();
        }
    }

    private void Move(Move move)
    {
        Need(!_issueFrozen || move.Kind is not (PostingKind.Issue or PostingKind.Grant), "ledger.issue_frozen");
        foreach (var leg in move.Legs)
        {
            if (leg.To.Kind == AccountKind.Member)
                Need(leg.To.ExpiresOn >= Today, "ledger.lot_lapsed");
            if (leg.From.IsLots)
            {
                TakeFromLots(leg.From.Owner, leg.Amount, leg.To);
                continue;
            }

            Need(Balances.ContainsKey(leg.From) || leg.From.Kind == AccountKind.Issuance, "ledger.unknown_account");
            Go(leg.From, leg.To, leg.Amount);
        }
    }

    private void Place(PlaceHold place)
    {
        Need(!_redeemFrozen, "ledger.redeem_frozen");
        Need(place.ExpiresAt > _at && place.ExpiresAt <= _at.AddDays(31), "ledger.invalid_expiry");
        TakeFromLots(place.Member, place.Amount, AccountKey.Of(AccountKind.Held));
        Balances.TryAdd(place.To, 0);
        Holds.Add(Seq + 1, new Hold { Member = place.Member, To = place.To, Taken = [.. _legs], Until = place.ExpiresAt });
    }

    private void About(HoldCommand command, long first)
    {
        var id = command.Hold < 0 ? first - command.Hold - 1 : command.Hold;
        Need(Holds.ContainsKey(id), "ledger.unknown_hold");
        var hold = Holds[id];
        if (command is RefundHold refund)
        {
            Need(string.Equals(hold.State, "captured", StringComparison.Ordinal), "ledger.not_captured");
            Need(hold.Captured.Sum(c => c.Amount) >= refund.Amount, "ledger.refund_too_much");
            Refund(hold, refund.Amount);
            return;
        }

        Need(string.Equals(hold.State, "open", StringComparison.Ordinal), "ledger.hold_resolved");
        var over = _at >= hold.Until;
        Need(command is ExpireHold || !over, "ledger.hold_lapsed");
        Need(command is not ExpireHold || over, "ledger.hold_not_lapsed");
        if (command is ExtendHold extend)
        {
            Need(!hold.Extended, "ledger.hold_already_extended");
            Need(extend.ExpiresAt > hold.Until && extend.ExpiresAt <= _at.AddDays(31), "ledger.invalid_expiry");
            (hold.Until, hold.Extended) = (extend.ExpiresAt, true);
            return;
        }

        var capture = 0L;
        if (command is CaptureHold captures)
        {
            Need(!_redeemFrozen, "ledger.redeem_frozen");
            capture = captures.Amount ?? hold.Taken.Sum(t => t.Amount);
            Need(capture <= hold.Taken.Sum(t => t.Amount), "ledger.capture_too_much");
            Go(AccountKey.Of(AccountKind.Held), hold.To, capture);
        }

        foreach (var taken in hold.Taken)
        {
            var kept = Math.Min(capture, taken.Amount);
            capture -= kept;
            if (kept > 0)
                hold.Captured.Add((taken.From, kept));
            if (taken.Amount > kept)
                Go(AccountKey.Of(AccountKind.Held), Back(taken.From), taken.Amount - kept);
        }

        hold.State = command switch { CaptureHold => "captured", ReleaseHold => "released", _ => "expired" };
    }

    private void Refund(Hold hold, long amount)
    {
        while (amount > 0)
        {
            var (lot, captured) = hold.Captured[^1];
            var part = Math.Min(captured, amount);
            Go(hold.To, Back(lot), part);
            hold.Captured.RemoveAt(hold.Captured.Count - 1);
            if (part < captured)
                hold.Captured.Add((lot, captured - part));
            amount -= part;
        }
    }

    private void Reverse(long target)
    {
        Need(Journal.ContainsKey(target), "ledger.unknown_posting");
        var entry = Journal[target];
        Need(entry.Kind != PostingKind.Policy, "ledger.not_reversible");
        Need(!entry.Reversed, "ledger.already_reversed");
        entry.Reversed = true;
        for (var i = entry.Legs.Count - 1; i >= 0; i--)
        {
            var leg = entry.Legs[i];
            var missing = leg.Amount;
            var sources = new List<AccountKey> { leg.To };
            if (leg.To.Kind == AccountKind.Member)
                sources.AddRange(LotsOf(leg.To.Owner).Where(l => l != leg.To));
            foreach (var source in sources)
            {
                var part = Math.Min(missing, Balances[source] - Floor(source));
                if (part <= 0)
                    continue;
                Go(source, Back(leg.From), part);
                missing -= part;
            }

            Shortfall += missing;
        }
    }

    private void TakeFromLots(Guid member, long amount, AccountKey to)
    {
        foreach (var lot in LotsOf(member))
        {
            var part = Math.Min(amount, Balances[lot]);
            if (part > 0)
                Go(lot, to, part);
            amount -= part;
        }

        Need(amount == 0, "ledger.insufficient");
    }

    private List<AccountKey> LotsOf(Guid member) =>
        [.. Balances.Keys.Where(k => k.Kind == AccountKind.Member && k.Owner == member && k.ExpiresOn >= Today).OrderBy(k => k.ExpiresOn)];

    private AccountKey Back(AccountKey lot)
    {
        if (lot.Kind != AccountKind.Member || lot.ExpiresOn >= Today)
            return lot;
        return _grace > 0 ? lot with { ExpiresOn = Today.AddDays(_grace) } : AccountKey.Of(AccountKind.Expired);
    }

    private long Floor(AccountKey key) => _bounds.TryGetValue(key, out var b) ? b.Floor : key.Kind == AccountKind.Issuance ? long.MinValue / 2 : 0;

    private void Go(AccountKey from, AccountKey to, long amount)
    {
        Balances.TryAdd(from, 0);
        Balances.TryAdd(to, 0);
        Need(Balances[from] - amount >= Floor(from), "ledger.insufficient");
        Need(!_bounds.TryGetValue(to, out var b) || b.Ceiling is null || Balances[to] + amount <= b.Ceiling, "ledger.ceiling_reached");
        Balances[from] -= amount;
        Balances[to] += amount;
        _legs.Add(new Moved(from, to, amount));
    }

    private static void Need(bool condition, string code)
    {
        if (!condition)
            throw new RefusedException(code);
    }

    private LedgerModel Copy() => new()
    {
        Balances = new(Balances),
        Holds = Holds.ToDictionary(h => h.Key, h => new Hold { Member = h.Value.Member, To = h.Value.To, Taken = h.Value.Taken, Until = h.Value.Until, Extended = h.Value.Extended, State = h.Value.State, Captured = [.. h.Value.Captured] }),
        Journal = Journal.ToDictionary(j => j.Key, j => new Entry { Kind = j.Value.Kind, Legs = j.Value.Legs, Reversed = j.Value.Reversed }),
        _bounds = new(_bounds),
        _issueFrozen = _issueFrozen,
        _redeemFrozen = _redeemFrozen,
        _grace = _grace,
        _at = _at,
        Seq = Seq,
    };

    private void Restore(LedgerModel copy)
    {
        (Balances, Holds, Journal, _bounds) = (copy.Balances, copy.Holds, copy.Journal, copy._bounds);
        (_issueFrozen, _redeemFrozen, _grace, _at, Seq) = (copy._issueFrozen, copy._redeemFrozen, copy._grace, copy._at, copy.Seq);
    }

    private sealed class RefusedException(string code) : Exception(code);
}
