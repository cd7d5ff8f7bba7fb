namespace Phoenix.Ledger.Tests.Verify;

/// <summary>A seeded random history in which every posting is right, of every kind there is.</summary>
internal sealed class History
{
    private sealed record Held(long Id, string Member, long Receiver, List<(long Lot, long Amount)> Parts)
    {
        public long Until { get; set; }
        public bool Extended { get; set; }
        public long Captured { get; set; }
        public long Refunded { get; set; }
        public long Amount => Parts.Sum(p => p.Amount);
    }

    private readonly Dice _dice;
    private readonly Forge _f;
    private readonly string[] _members;
    private readonly Dictionary<string, SortedDictionary<int, long>> _lots = new(StringComparer.Ordinal);
    private readonly Dictionary<long, (string Member, int Expires)> _lotNames = [];
    private readonly List<Held> _open = [];
    private readonly List<Held> _captured = [];
    private readonly List<Forged> _reversible = [];
    private int _grace;
    private bool _issueFrozen;
    private bool _redeemFrozen;
    private int _named;

    public History(Forge forge, ulong seed, int members = 6)
    {
        (_f, _dice) = (forge, new Dice(seed));
        _members = [.. Enumerable.Range(1, members).Select(i => Forge.Uuid(1000 + i))];
        OpenNamed();
    }

    // What is asked for before it is known whether it will be used; lots, the held and the expired account open themselves.
    private void OpenNamed()
    {
        Open("issuance", Forge.Nobody);
        Open("settled", Forge.Nobody);
        Open("pool", Forge.Uuid(3000));
        for (var i = 0; i < 3; i++)
            Open("merchant", Forge.Uuid(2000 + i));
        Open("external", Forge.Uuid(9), "fen");
        Open("cash", Forge.Uuid(9), "fen");
        Open("payable", Forge.Uuid(10), "fen");
        Open("payable", Forge.Uuid(11), "fen");
    }

    private void Open(string kind, string owner, string asset = "coin")
    {
        _f.Account(kind, owner, asset: asset);
        _f.Post("open");
    }

    private long Issuance => _f.Account("issuance");
    private long HeldAccount => _f.Account("held");
    private long Merchant => _f.Account("merchant", Forge.Uuid(2000 + _dice.Next(3)));
    private long Pool => _f.Account("pool", Forge.Uuid(3000));

    /// <summary>Writes at least so many postings.</summary>
    public void Run(int postings)
    {
        while (_f.Postings.Count < postings)
        {
            if (_dice.Next(3) == 0)
                _f.Now += _dice.Next(40) == 0 ? _dice.Next(60) * 86_400_000L : _dice.Next(3 * 3_600_000);
            Step(_dice.Next(22));
            if (_dice.Next(20) == 0 && _f.Postings.Count > 0)
                Forge.Explain(_f.Postings[^1], $"楼栋关怀 {_f.Postings.Count}");
        }
    }

    private void Step(int what)
    {
        switch (what)
        {
            case 0 or 1 or 2 or 3 when !_issueFrozen:
                Reversible(_f.Issue(NewLot(_dice.Pick(_members)), 5 + _dice.Next(40)));
                break;
            case 4 when !_issueFrozen:
                Grant();
                break;
            case 5:
                Gift();
                break;
            case 6:
                FromBalance("retire", Pool, Issuance);
                break;
            case 7:
                FromBalance("settle", Merchant, _f.Account("settled"));
                break;
            case 8:
                Transfer();
                break;
            case 9 or 10 or 11 when !_redeemFrozen:
                Hold();
                break;
            case 12 or 13 when !_redeemFrozen:
                Capture();
                break;
            case 14:
                GiveBack();
                break;
            case 15:
                Extend();
                break;
            case 16:
                Refund();
                break;
            case 17:
                Reverse();
                break;
            case 18:
                ExpireLot();
                break;
            case 19:
                ExtendLot();
                break;
            case 20 when _dice.Next(4) == 0:
                _f.Account("merchant", Forge.Uuid(5000 + ++_named), ceiling: 1000);
                _f.Post("open");
                break;
            case 21 when _dice.Next(4) == 0:
                (_issueFrozen, _redeemFrozen, _grace) = (_dice.Next(4) == 0, _dice.Next(4) == 0, _dice.Pick([0, 7, 30]));
                _f.Policy(_issueFrozen ? 1 : 0, _redeemFrozen ? 1 : 0, _grace);
                break;
            default:
                break;
        }
    }

    private void Reversible(Forged p) => _reversible.Add(p);

    private long NewLot(string member) => LotOf(member, _f.Today(_dice.Pick([3, 20, 20, 45, 90])));

    private long LotOf(string member, int expires)
    {
        var id = _f.Lot(member, expires);
        if (_lotNames.TryAdd(id, (member, expires)))
        {
            if (!_lots.TryGetValue(member, out var lots))
                _lots.Add(member, lots = []);
            lots.Add(expires, id);
        }

        return id;
    }

    private List<(long Lot, long Balance)> Live(string member) =>
        !_lots.TryGetValue(member, out var lots) ? [] : [.. lots.Where(l => l.Key >= _f.Today() && _f.Balance(l.Value) > 0).Select(l => (l.Value, _f.Balance(l.Value)))];

    // Some of what a member has, earliest first.
    private List<(long Lot, long Amount)> Spend(string member)
    {
        var live = Live(member);
        var total = live.Sum(l => l.Balance);
        var (left, parts) = (total == 0 ? 0 : 1 + _dice.Next((int)total), new List<(long, long)>());
        foreach (var (lot, balance) in live)
        {
            var part = Math.Min(left, balance);
            left -= (int)part;
            if (part > 0)
                parts.Add((lot, part));
        }

        return parts;
    }

    private long BackTo(long account)
    {
        if (!_lotNames.TryGetValue(account, out var lot) || lot.Expires >= _f.Today())
            return account;
        return _grace > 0 ? LotOf(lot.Member, _f.Today(_grace)) : _f.Account("expired");
    }

    private void Grant()
    {
        if (_f.Balance(Pool) == 0 || _dice.Next(2) == 0)
            Reversible(_f.Post("grant", (Issuance, NewLot(_members[0]), 3), (Issuance, NewLot(_members[1]), 4)));
        else
            Reversible(_f.Post("grant", (Pool, NewLot(_dice.Pick(_members)), 1 + _dice.Next((int)_f.Balance(Pool)))));
    }

    private void Gift()
    {
        var parts = Spend(_dice.Pick(_members));
        if (parts.Count > 0)
            Reversible(_f.Post("gift", [.. parts.Select(p => (p.Lot, Pool, p.Amount))]));
    }

    private void FromBalance(string kind, long from, long to)
    {
        if (_f.Balance(from) > 0)
            Reversible(_f.Post(kind, (from, to, 1 + _dice.Next((int)_f.Balance(from)))));
        else if (!_issueFrozen)
            Reversible(_f.Post("transfer", (Issuance, Pool, 1 + _dice.Next(20)), (Fen("external", 9), Fen("cash", 9), 100)));
    }

    private long Fen(string kind, int owner) => _f.Account(kind, Forge.Uuid(owner), asset: "fen");

    private void Transfer() => Reversible(_f.Post(
        "transfer",
        (Fen("external", 9), Fen("cash", 9), 500 + _dice.Next(500)),
        (Fen("cash", 9), Fen("payable", 10 + _dice.Next(2)), 300),
        (Issuance, Pool, 1 + _dice.Next(5))));

    private void Hold()
    {
        var member = _dice.Pick(_members);
        var parts = Spend(member);
        if (parts.Count == 0)
            return;
        var receiver = Merchant;
        var until = _f.Now + 60_000 + _dice.Next(86_400_000);
        var p = _f.Hold(receiver, until, [.. parts.Select(x => (x.Lot, HeldAccount, x.Amount))]);
        var hold = new Held(p.Seq, member, receiver, parts) { Until = until };
        _open.Add(hold);
        if (_redeemFrozen || _dice.Next(4) > 0)
            return;
        Capture(hold);
        _f.Link(2);
    }

    private void Capture()
    {
        if (_open.FirstOrDefault(h => h.Until > _f.Now) is { } hold)
            Capture(hold);
    }

    private void Capture(Held hold)
    {
        var captured = _dice.Next(2) == 0 ? hold.Amount : 1 + _dice.Next((int)hold.Amount);
        List<(long, long, long)> legs = [(HeldAccount, hold.Receiver, captured)];
        AddBack(legs, hold, captured);
        _f.About(hold.Id, "capture", [.. legs]);
        hold.Captured = captured;
        _open.Remove(hold);
        _captured.Add(hold);
    }

    private void GiveBack()
    {
        if (_open.Count == 0)
            return;
        var hold = _dice.Pick(_open);
        List<(long, long, long)> legs = [];
        AddBack(legs, hold, 0);
        _f.About(hold.Id, _f.Now < hold.Until ? "release" : "expire-hold", [.. legs]);
        _open.Remove(hold);
    }

    private void AddBack(List<(long, long, long)> legs, Held hold, long captured)
    {
        foreach (var (lot, amount) in hold.Parts)
        {
            var taken = Math.Min(captured, amount);
            captured -= taken;
            if (taken < amount)
                legs.Add((HeldAccount, BackTo(lot), amount - taken));
        }
    }

    private void Extend()
    {
        if (_open.FirstOrDefault(h => h.Until > _f.Now && !h.Extended) is not { } hold)
            return;
        (hold.Until, hold.Extended) = (hold.Until + 600_000, true);
        _f.About(hold.Id, "extend").Until = hold.Until;
    }

    private void Refund()
    {
        if (_captured.FirstOrDefault(h => h.Refunded < h.Captured && _f.Balance(h.Receiver) > 0) is not { } hold)
            return;
        var amount = 1 + (long)_dice.Next((int)Math.Min(hold.Captured - hold.Refunded, _f.Balance(hold.Receiver)));
        // One unit after another, from the last that was captured backwards; then neighbours are put together.
        var units = hold.Parts.SelectMany(p => Enumerable.Repeat(p.Lot, (int)p.Amount)).Take((int)hold.Captured).Reverse().Skip((int)hold.Refunded).Take((int)amount);
        _f.About(hold.Id, "refund", [.. units.GroupBy(u => u).Select(g => (hold.Receiver, BackTo(g.Key), g.LongCount()))]);
        hold.Refunded += amount;
    }

    private void Reverse()
    {
        if (_reversible.Count == 0)
            return;
        var target = _dice.Pick(_reversible);
        _reversible.Remove(target);
        var (legs, shortfall, spent) = (new List<(long, long, long)>(), 0L, new Dictionary<long, long>());
        foreach (var leg in Enumerable.Reverse(target.Legs))
        {
            var (left, to) = (leg[3], BackTo(leg[1]));
            List<long> sources = [leg[2]];
            if (_lotNames.TryGetValue(leg[2], out var lot))
                sources.AddRange(_lots[lot.Member].Where(l => l.Value != leg[2] && l.Key >= _f.Today()).Select(l => l.Value));
            foreach (var source in sources)
            {
                var part = IsBottomless(source) ? left : Math.Min(left, _f.Balance(source) + spent.GetValueOrDefault(source));
                if (part <= 0)
                    continue;
                legs.Add((source, to, part));
                spent[source] = spent.GetValueOrDefault(source) - part;
                spent[to] = spent.GetValueOrDefault(to) + part;
                left -= part;
            }

            shortfall += left;
        }

        _f.About(target.Seq, "reverse", [.. legs]).Shortfall = shortfall == 0 ? null : shortfall;
    }

    private bool IsBottomless(long account) => account == Issuance || account == Fen("external", 9);

    private void ExpireLot()
    {
        var lapsed = _lotNames.Where(l => l.Value.Expires < _f.Today() && _f.Balance(l.Key) > 0).Select(l => l.Key).Order().ToList();
        if (lapsed.Count > 0)
            _f.Post("expire-lot", (lapsed[0], _f.Account("expired"), _f.Balance(lapsed[0])));
    }

    private void ExtendLot()
    {
        var member = _dice.Pick(_members);
        if (Live(member) is not [var lot, ..])
            return;
        _f.Post("extend-lot", (lot.Lot, LotOf(member, _lotNames[lot.Lot].Expires + 10000), lot.Balance));
    }
}
