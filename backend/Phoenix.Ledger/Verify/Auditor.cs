using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Verify;

/// <summary>Takes the postings one after another and says which is the first that can't be.</summary>
internal sealed class Auditor(HeaderLine header, Foresight foresight, VerifyOptions options)
{
    private readonly CanonicalText _text = new();
    private readonly List<BookAccount> _touched = [];
    private readonly Dictionary<long, string> _since = options.Since.Where(h => h.Seq > 0).DistinctBy(h => h.Seq).ToDictionary(h => h.Seq, h => h.Hash);
    private PostingLine? _last;
    private long _lastKnown;

    public Books Books { get; } = new(header.UtcOffsetMinutes);
    public long Count { get; private set; }
    public string Head { get; private set; } = new('0', 64);
    public long FirstAtMs { get; private set; }
    public long LastAtMs { get; private set; }

    /// <summary>Proves one posting and takes it into the books.</summary>
    public Finding? Take(PostingLine p)
    {
        if (CheckPlace(p) is { } misplaced)
            return misplaced;
        Books.SetDay(p.AtMs);
        var finding = PostingForm.Check(p) ?? Open(p) ?? CheckLegs(p) ?? CheckRules(p) ?? Book(p);
        if (finding is not null)
            return finding;
        Finish(p);
        return null;
    }

    /// <summary>What must hold when the last posting has been read.</summary>
    public Finding? CheckEnd()
    {
        if (_last is not null && _last.Part != _last.Parts)
            return BookFindings.LinkBroken();
        foreach (var seq in _since.Keys.Order())
            if (seq > Count)
                return ChainFindings.SinceBeyondEnd(seq);
        return null;
    }

    private Finding? CheckPlace(PostingLine p)
    {
        if (p.Community is { } community && community != header.Community)
            return ChainFindings.OtherCommunity(header.Community);
        if (p.Seq != Count + 1)
            return ChainFindings.SeqWrong(Count + 1, p.Seq);
        if (!string.Equals(_text.HashOf(p, header.Community, Head), p.Hash, StringComparison.Ordinal))
            return ChainFindings.ChainBroken();
        if (_since.TryGetValue(p.Seq, out var known) && !string.Equals(known, p.Hash, StringComparison.Ordinal))
            return ChainFindings.SinceMismatch(_lastKnown);
        if (p.Text is not null && !string.Equals(CanonicalText.CommitOf(p.Salt, p.Text), p.Commit, StringComparison.Ordinal))
            return ChainFindings.CommitMismatch();
        return p.AtMs < LastAtMs ? BookFindings.TimeBackwards() : CheckLink(p);
    }

    private Finding? CheckLink(PostingLine p)
    {
        var isFirst = _last is null || _last.Part == _last.Parts;
        if (isFirst)
        {
            if (p.Part != 1)
                return BookFindings.LinkBroken();
            var request = Guid.ParseExact(p.Request, "D");
            if (!foresight.MayRepeat.TryGetValue(request, out var met))
                return null;
            foresight.MayRepeat[request] = true;
            return met ? BookFindings.RequestTwice() : null;
        }

        var l = _last!;
        return p.Part == l.Part + 1 && p.Parts == l.Parts && p.AtMs == l.AtMs && string.Equals(p.Request, l.Request, StringComparison.Ordinal)
            && string.Equals(p.Input, l.Input, StringComparison.Ordinal) && string.Equals(p.Actor, l.Actor, StringComparison.Ordinal)
            ? null
            : BookFindings.LinkBroken();
    }

    private Finding? Open(PostingLine p)
    {
        foreach (var o in p.Opened)
        {
            if (o.Id != Books.Accounts.Count + 1)
                return BookFindings.AccountNumber(Books.Accounts.Count + 1);
            if ((o.Kind == AccountKind.Member) != (o.Expires is not null))
                return BookFindings.AccountDate();
            if (!HasRightBounds(o, p.Kind))
                return BookFindings.AccountBounds();
            if (!IsUsed(o.Id, p))
                return BookFindings.AccountUnused(o.Id);
            var account = new BookAccount
            {
                Id = o.Id,
                Kind = o.Kind,
                Owner = Guid.ParseExact(o.Owner, "D"),
                Asset = o.Asset,
                Expires = o.Expires,
                Floor = o.Floor,
                Ceiling = o.Ceiling ?? Grammar.MaxUnits,
            };
            if (!Books.Open(account))
                return BookFindings.AccountTwice();
        }

        return null;
    }

    // Opened on the way, an account has its kind's usual floor; opened by name, coins still never go below zero but at their source.
    private static bool HasRightBounds(OpenedLine o, PostingKind by)
    {
        if (by != PostingKind.Open)
            return o.Ceiling is null && o.Floor == (o.Kind is AccountKind.Issuance or AccountKind.External ? -Grammar.MaxUnits : 0);
        return o.Floor == 0 || o.Kind == AccountKind.Issuance || (o.Asset == Asset.Fen && o.Kind != AccountKind.Member);
    }

    // A reversal may open the account it would give back to and find nothing to give.
    private static bool IsUsed(long id, PostingLine p) =>
        p.Kind is PostingKind.Open or PostingKind.Reverse || (p.Kind == PostingKind.Hold && p.Subject == id) || p.Legs.Exists(l => l.From == id || l.To == id);

    private Finding? CheckLegs(PostingLine p)
    {
        foreach (var leg in p.Legs)
        {
            if (Books.Find(leg.From) is not { } from)
                return BookFindings.AccountUnknown(leg.From);
            if (Books.Find(leg.To) is not { } to)
                return BookFindings.AccountUnknown(leg.To);
            if (from == to)
                return BookFindings.SameAccount(leg.N);
            if (from.Asset != to.Asset)
                return BookFindings.AssetMixed(leg.N);
            if (!MoveRules.IsWay(p.Kind, from.Kind, to.Kind))
                return BookFindings.WayClosed(leg.N);
            if (Books.IsLapsed(to))
                return BookFindings.LotLapsed(leg.N);
        }

        return null;
    }

    private Finding? CheckRules(PostingLine p)
    {
        switch (p.Kind)
        {
            case PostingKind.Issue or PostingKind.Grant:
                return Books.IssueFrozen ? BookFindings.Frozen() : null;
            case PostingKind.Gift:
                return MoveRules.CheckSpending(p, Books);
            case PostingKind.Hold:
                return Books.RedeemFrozen ? BookFindings.Frozen() : MoveRules.CheckSpending(p, Books) ?? HoldRules.CheckPlaced(p, Books);
            case PostingKind.Capture when Books.RedeemFrozen:
                return BookFindings.Frozen();
            case PostingKind.Capture or PostingKind.Release or PostingKind.ExpireHold or PostingKind.Extend or PostingKind.Refund:
                return HoldRules.Apply(p, Books, foresight);
            case PostingKind.Reverse:
                return MoveRules.Reverse(p, Books);
            case PostingKind.ExpireLot:
                return MoveRules.CheckExpiredLot(p, Books);
            case PostingKind.ExtendLot:
                return MoveRules.CheckExtendedLot(p, Books);
            case PostingKind.Policy:
                return SetPolicy(p);
            default:
                return null;
        }
    }

    private Finding? SetPolicy(PostingLine p)
    {
        if (Grammar.ToPolicy(p.Extra) is not { } policy)
            return FormFindings.BadText("extra");
        (Books.IssueFrozen, Books.RedeemFrozen, Books.GraceDays) = policy;
        return null;
    }

    private Finding? Book(PostingLine p)
    {
        foreach (var leg in p.Legs)
            if (Book(p.Kind, leg, Books.Find(leg.From)!, Books.Find(leg.To)!) is { } finding)
                return finding;
        return null;
    }

    private Finding? Book(PostingKind kind, LegLine leg, BookAccount from, BookAccount to)
    {
        if (kind is PostingKind.Hold or PostingKind.Gift && MoveRules.CheckSpent(leg, from, Books) is { } spent)
            return spent;
        if (from.Balance - leg.Amount < from.Floor)
            return BookFindings.BelowFloor(leg.N, from.Id);
        if (to.Balance > to.Ceiling - leg.Amount)
            return BookFindings.AboveCeiling(leg.N, to.Id);
        from.Balance -= leg.Amount;
        to.Balance += leg.Amount;
        if (leg.FromAfter != from.Balance || leg.ToAfter != to.Balance)
            return BookFindings.AfterWrong(leg.N);
        if (leg.FromPrev != from.LastSeq || leg.ToPrev != to.LastSeq)
            return BookFindings.PrevWrong(leg.N);
        _touched.Add(from);
        _touched.Add(to);
        return null;
    }

    private void Finish(PostingLine p)
    {
        foreach (var account in _touched)
            account.LastSeq = p.Seq;
        _touched.Clear();
        if (p.Kind == PostingKind.Hold)
            HoldRules.Place(p, Books);
        if (foresight.Reversed.Contains(p.Seq))
            Books.Targets.Add(p.Seq, new BookTarget(p.Kind is >= PostingKind.Issue and <= PostingKind.Transfer, p.Legs));
        if (_since.ContainsKey(p.Seq))
            _lastKnown = p.Seq;
        if (Count == 0)
            FirstAtMs = p.AtMs;
        (Count, Head, LastAtMs, _last) = (p.Seq, p.Hash, p.AtMs, p);
    }
}
