using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;

namespace Phoenix.Ledger.Apply;

/// <summary>
/// Two-phase movements. One rule decides every race by the server's stamp: before the time limit a hold can be captured or released, from it on
/// it can only expire; and whichever comes first is the only one ever.
/// </summary>
internal static class HoldCommands
{
    public static Error? Place(PlaceHold command, Draft draft)
    {
        if (draft.Community.RedeemFrozen)
            return new RedeemFrozen();
        var until = command.ExpiresAt.ToUnixTimeMilliseconds();
        if (!IsTimeLimit(until, draft))
            return new InvalidExpiry();
        var asset = command.To.Asset;
        var to = draft.FindOrOpen(command.To);
        var taken = new List<HoldLeg>();
        if (draft.Spend(command.Member, asset, command.Amount, draft.FindOrOpen(AccountKey.Of(AccountKind.Held, asset)), taken) is { } error)
            return error;
        draft.Posting.Subject = to.Id;
        draft.Posting.UntilMs = until;
        draft.Place(new HoldState
        {
            Community = draft.Community.Id,
            Id = draft.Posting.Seq,
            Owner = command.Member,
            Asset = asset,
            ToAccount = to.Id,
            Amount = command.Amount,
            ExpiresAtMs = until,
            Seq = draft.Posting.Seq,
            Legs = taken,
        });
        return null;
    }

    public static Error? Apply(HoldCommand command, Draft draft)
    {
        var id = command.Hold < 0 && command.Hold >= -LedgerLimits.MaxBatch ? draft.FirstSeq - command.Hold - 1 : command.Hold;
        if (!draft.Community.Holds.TryGetValue(id, out var hold))
            return new UnknownHold();
        draft.Posting.Subject = hold.Id;
        return command switch
        {
            CaptureHold c => Capture(c, hold, draft),
            ReleaseHold => Open(hold, draft, lapsed: false) ?? Resolve(hold, PostingKind.Release, 0, draft),
            ExpireHold => Open(hold, draft, lapsed: true) ?? Resolve(hold, PostingKind.ExpireHold, 0, draft),
            ExtendHold c => Extend(c, hold, draft),
            RefundHold c => Refund(c, hold, draft),
            _ => throw new InvalidOperationException($"unknown command {command.GetType().Name}"),
        };
    }

    private static Error? Open(HoldState hold, Draft draft, bool lapsed)
    {
        if (hold.Resolution is { } by)
            return new HoldResolved(by);
        if (draft.AtMs >= hold.ExpiresAtMs)
            return lapsed ? null : new HoldLapsed();
        return lapsed ? new HoldNotLapsed() : null;
    }

    private static Error? Capture(CaptureHold command, HoldState hold, Draft draft)
    {
        if (Open(hold, draft, lapsed: false) is { } error)
            return error;
        if (draft.Community.RedeemFrozen)
            return new RedeemFrozen();
        var amount = command.Amount ?? hold.Amount;
        return amount > hold.Amount ? new CaptureTooMuch() : Resolve(hold, PostingKind.Capture, amount, draft);
    }

    /// <summary>The captured part goes to the receiver, taken from the hold's lots in their order; what is left of each goes back.</summary>
    private static Error? Resolve(HoldState hold, PostingKind by, long captured, Draft draft)
    {
        var held = draft.Find(AccountKey.Of(AccountKind.Held, hold.Asset))!;
        if (captured > 0 && draft.Move(held, draft.Community.ById[hold.ToAccount], captured) is { } error)
            return error;
        var left = captured;
        foreach (var leg in hold.Legs)
        {
            var taken = Math.Min(left, leg.Amount);
            left -= taken;
            if (taken < leg.Amount && draft.Move(held, draft.BackTo(draft.Community.ById[leg.Lot]), leg.Amount - taken) is { } refused)
                return refused;
        }

        draft.Resolve(hold, by, captured);
        return null;
    }

    private static Error? Extend(ExtendHold command, HoldState hold, Draft draft)
    {
        if (Open(hold, draft, lapsed: false) is { } error)
            return error;
        if (hold.Extended)
            return new HoldAlreadyExtended();
        var until = command.ExpiresAt.ToUnixTimeMilliseconds();
        if (until <= hold.ExpiresAtMs || !IsTimeLimit(until, draft))
            return new InvalidExpiry();
        draft.Posting.UntilMs = until;
        draft.Change(hold, () => (hold.ExpiresAtMs, hold.Extended) = (until, true));
        return null;
    }

    /// <summary>Backwards through the captured parts, so that the coins that live longest come back first.</summary>
    private static Error? Refund(RefundHold command, HoldState hold, Draft draft)
    {
        if (hold.Resolution != PostingKind.Capture)
            return new NotCaptured();
        if (command.Amount > hold.Captured - hold.Refunded)
            return new RefundTooMuch(hold.Captured - hold.Refunded);
        var from = draft.Community.ById[hold.ToAccount];
        foreach (var part in RefundParts(hold.Legs, hold.Captured, hold.Refunded, command.Amount))
            if (draft.Move(from, draft.BackTo(draft.Community.ById[part.Lot]), part.Amount) is { } error)
                return error;
        draft.Change(hold, () => hold.Refunded += command.Amount);
        return null;
    }

    /// <summary>Which lots the next <paramref name="amount"/> of a refund goes back to.</summary>
    internal static List<HoldLeg> RefundParts(IReadOnlyList<HoldLeg> legs, long captured, long refunded, long amount)
    {
        var parts = new List<HoldLeg>();
        var capturedOf = new long[legs.Count];
        for (var i = 0; i < legs.Count; i++)
            captured -= capturedOf[i] = Math.Min(captured, legs[i].Amount);
        for (var i = legs.Count - 1; i >= 0 && amount > 0; i--)
        {
            var before = Math.Min(refunded, capturedOf[i]);
            refunded -= before;
            var part = Math.Min(amount, capturedOf[i] - before);
            amount -= part;
            if (part > 0)
                parts.Add(new HoldLeg(legs[i].Lot, part));
        }

        return parts;
    }

    private static bool IsTimeLimit(long until, Draft draft) => until > draft.AtMs && until <= draft.AtMs + LedgerLimits.MaxHoldDays * 86_400_000L;
}
