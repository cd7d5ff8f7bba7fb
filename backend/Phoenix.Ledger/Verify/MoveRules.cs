using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Verify;

/// <summary>The closed loop, the lots, and reversals.</summary>
internal static class MoveRules
{
    /// <summary>The ways of decisions/0003, written a second time.</summary>
    public static bool IsWay(PostingKind kind, AccountKind from, AccountKind to) => kind switch
    {
        PostingKind.Issue => from == AccountKind.Issuance && to == AccountKind.Member,
        PostingKind.Grant => from is AccountKind.Issuance or AccountKind.Pool && to == AccountKind.Member,
        PostingKind.Gift => from == AccountKind.Member && to == AccountKind.Pool,
        PostingKind.Retire => from == AccountKind.Pool && to == AccountKind.Issuance,
        PostingKind.Settle => from == AccountKind.Merchant && to == AccountKind.Settled,
        PostingKind.Transfer => (from == AccountKind.Issuance && to == AccountKind.Pool) || (from >= AccountKind.External && to >= AccountKind.External),
        PostingKind.Hold => from == AccountKind.Member && to == AccountKind.Held,
        PostingKind.Capture => from == AccountKind.Held && to is AccountKind.Merchant or AccountKind.Member or AccountKind.Expired,
        PostingKind.Release or PostingKind.ExpireHold => from == AccountKind.Held && to is AccountKind.Member or AccountKind.Expired,
        PostingKind.Refund => from == AccountKind.Merchant && to is AccountKind.Member or AccountKind.Expired,
        PostingKind.ExpireLot => from == AccountKind.Member && to == AccountKind.Expired,
        PostingKind.ExtendLot => from == AccountKind.Member && to == AccountKind.Member,
        _ => kind == PostingKind.Reverse,
    };

    /// <summary>A hold or gift: one member's lots.</summary>
    public static Finding? CheckSpending(PostingLine p, Books books)
    {
        var member = books.Find(p.Legs[0].From)!.Owner;
        foreach (var leg in p.Legs)
            if (books.Find(leg.From)!.Owner != member)
                return BookFindings.LotsOfTwo();
        return null;
    }

    /// <summary>Before each leg of a hold or gift: earliest date first, never a lapsed one.</summary>
    public static Finding? CheckSpent(LegLine leg, BookAccount lot, Books books)
    {
        if (books.IsLapsed(lot))
            return BookFindings.LotLapsed(leg.N);
        return books.NextLot(lot) is { } next && next != lot && next.Expires < lot.Expires ? BookFindings.LotOrder(leg.N) : null;
    }

    public static Finding? CheckExpiredLot(PostingLine p, Books books)
    {
        var lot = books.Find(p.Legs[0].From)!;
        if (!books.IsLapsed(lot))
            return BookFindings.LotNotLapsed();
        return p.Legs.Count == 1 && p.Legs[0].Amount == lot.Balance ? null : BookFindings.LotNotEmptied();
    }

    public static Finding? CheckExtendedLot(PostingLine p, Books books)
    {
        var (from, to) = (books.Find(p.Legs[0].From)!, books.Find(p.Legs[0].To)!);
        if (books.IsLapsed(from))
            return BookFindings.LotLapsed(1);
        if (from.Owner != to.Owner || to.Expires <= from.Expires)
            return BookFindings.LotMovedWrong();
        return p.Legs.Count == 1 && p.Legs[0].Amount == from.Balance ? null : BookFindings.LotNotEmptied();
    }

    public static Finding? Reverse(PostingLine p, Books books)
    {
        var seq = p.Subject!.Value;
        if (!books.Targets.TryGetValue(seq, out var target))
            return BookFindings.ReverseUnknown(seq);
        if (!target.IsReversible)
            return BookFindings.ReverseKind(seq);
        if (target.IsReversed)
            return BookFindings.ReverseTwice(seq);
        var (plan, shortfall) = TakenBack(target, books);
        if (!Planned.Matches(plan, p.Legs))
            return BookFindings.ReverseWrong(seq);
        if ((p.Shortfall ?? 0) != shortfall)
            return BookFindings.ShortfallWrong(seq);
        target.IsReversed = true;
        return null;
    }

    // From the target's last leg to its first, as far as the units are there; what each leg takes is not there for the next.
    private static (List<Planned> Plan, Int128 Shortfall) TakenBack(BookTarget target, Books books)
    {
        // 128 bits: a balance and a floor at the two ends of what is allowed are 2^63 apart.
        var (plan, shortfall, moved) = (new List<Planned>(), Int128.Zero, new Dictionary<BookAccount, Int128>());
        for (var i = target.Legs.Count - 1; i >= 0; i--)
        {
            var leg = target.Legs[i];
            var (left, back) = (leg.Amount, books.BackTo(books.Find(leg.From)!));
            foreach (var source in Sources(books.Find(leg.To)!, books))
            {
                var part = (long)Int128.Min(left, source.Balance + moved.GetValueOrDefault(source) - source.Floor);
                if (part <= 0)
                    continue;
                plan.Add(new Planned(source, back, part));
                moved[source] = moved.GetValueOrDefault(source) - part;
                if (back is not null)
                    moved[back] = moved.GetValueOrDefault(back) + part;
                left -= part;
            }

            shortfall += left;
        }

        return (plan, shortfall);
    }

    private static IEnumerable<BookAccount> Sources(BookAccount received, Books books)
    {
        yield return received;
        if (received.Kind != AccountKind.Member)
            yield break;
        foreach (var lot in books.LotsOf(received))
            if (lot != received && !books.IsLapsed(lot))
                yield return lot;
    }
}
