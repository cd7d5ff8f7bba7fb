using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Verify;

/// <summary>The life of a hold: placed, perhaps extended once, then captured, released or expired, once; refunds of what was captured.</summary>
internal static class HoldRules
{
    public static Finding? CheckPlaced(PostingLine p, Books books)
    {
        if (books.Find(p.Subject!.Value) is not { } receiver)
            return BookFindings.AccountUnknown(p.Subject.Value);
        if (receiver.Kind != AccountKind.Merchant || receiver.Asset != books.Find(p.Legs[0].From)!.Asset)
            return BookFindings.HoldReceiver();
        if (p.UntilMs <= p.AtMs)
            return BookFindings.HoldUntil();
        foreach (var leg in p.Legs)
            if (leg.To != p.Legs[0].To)
                return BookFindings.HeldOfTwo();
        return null;
    }

    public static void Place(PostingLine p, Books books) => books.Place(new BookHold
    {
        Id = p.Seq,
        Held = books.Find(p.Legs[0].To)!,
        Receiver = books.Find(p.Subject!.Value)!,
        Parts = p.Legs.ConvertAll(l => new Part(books.Find(l.From)!, l.Amount)),
        Amount = p.Legs.Sum(l => l.Amount),
        UntilMs = p.UntilMs!.Value,
    });

    /// <summary>Checks what a posting does with a hold, and does it.</summary>
    public static Finding? Apply(PostingLine p, Books books, Foresight foresight)
    {
        var id = p.Subject!.Value;
        if (books.Hold(id) is not { } hold)
            return Gone(id, p.Kind, books);
        if (p.Kind == PostingKind.Refund)
            return hold.Captured == 0 ? BookFindings.RefundNotCaptured(id) : Refund(p, hold, books);
        if (hold.Captured > 0)
            return BookFindings.HoldResolved(id);
        if (p.Kind == PostingKind.ExpireHold ? p.AtMs < hold.UntilMs : p.AtMs >= hold.UntilMs)
            return p.Kind == PostingKind.ExpireHold ? BookFindings.HoldNotLapsed(id) : BookFindings.HoldLapsed(id);
        return p.Kind switch
        {
            PostingKind.Extend => Extend(p, hold),
            PostingKind.Capture => Capture(p, hold, books, foresight.Refunded.Contains(id)),
            _ => GiveBack(p, hold, books),
        };
    }

    private static Finding Gone(long id, PostingKind kind, Books books)
    {
        if (!books.WasHold(id))
            return BookFindings.HoldUnknown(id);
        return kind == PostingKind.Refund ? BookFindings.RefundNotCaptured(id) : BookFindings.HoldResolved(id);
    }

    private static Finding? Extend(PostingLine p, BookHold hold)
    {
        if (hold.IsExtended)
            return BookFindings.HoldExtendedTwice(hold.Id);
        if (p.UntilMs <= hold.UntilMs)
            return BookFindings.HoldUntil();
        (hold.UntilMs, hold.IsExtended) = (p.UntilMs!.Value, true);
        return null;
    }

    private static Finding? Capture(PostingLine p, BookHold hold, Books books, bool keep)
    {
        var first = p.Legs[0];
        if (first.From != hold.Held.Id || first.To != hold.Receiver.Id || first.Amount > hold.Amount)
            return BookFindings.CaptureWrong(hold.Id);
        if (!Planned.Matches(Back(hold, first.Amount, books), p.Legs, skip: 1))
            return BookFindings.BackWrong(hold.Id);
        hold.Captured = first.Amount;
        books.Resolve(hold, keep);
        return null;
    }

    private static Finding? GiveBack(PostingLine p, BookHold hold, Books books)
    {
        if (!Planned.Matches(Back(hold, 0, books), p.Legs))
            return BookFindings.BackWrong(hold.Id);
        books.Resolve(hold, keep: false);
        return null;
    }

    // The captured part is taken from the hold's parts in their order; the rest of each goes back in that order.
    private static List<Planned> Back(BookHold hold, long captured, Books books)
    {
        var plan = new List<Planned>();
        foreach (var part in hold.Parts)
        {
            var taken = Math.Min(captured, part.Amount);
            captured -= taken;
            if (taken < part.Amount)
                plan.Add(new Planned(hold.Held, books.BackTo(part.Lot), part.Amount - taken));
        }

        return plan;
    }

    private static Finding? Refund(PostingLine p, BookHold hold, Books books)
    {
        var left = hold.Captured - hold.Refunded;
        var amount = 0L;
        foreach (var leg in p.Legs)
        {
            if (leg.Amount > left - amount)
                return BookFindings.RefundTooMuch(hold.Id);
            amount += leg.Amount;
        }

        if (!Planned.Matches(Refunded(hold, amount, books), p.Legs))
            return BookFindings.RefundWrong(hold.Id);
        hold.Refunded += amount;
        return null;
    }

    // From the last captured part backwards, after what earlier refunds gave back.
    private static List<Planned> Refunded(BookHold hold, long amount, Books books)
    {
        var (plan, from, skip) = (new List<Planned>(), hold.Captured, hold.Refunded);
        var captured = new long[hold.Parts.Count];
        for (var i = 0; i < captured.Length; i++)
            from -= captured[i] = Math.Min(from, hold.Parts[i].Amount);
        for (var i = captured.Length - 1; i >= 0 && amount > 0; i--)
        {
            var before = Math.Min(skip, captured[i]);
            skip -= before;
            var part = Math.Min(amount, captured[i] - before);
            amount -= part;
            if (part > 0)
                plan.Add(new Planned(hold.Receiver, books.BackTo(hold.Parts[i].Lot), part));
        }

        return plan;
    }
}
