using Phoenix.Ledger.Accounts;

namespace Phoenix.Ledger.Commands;

/// <summary>One posting to be made.</summary>
public abstract record LedgerCommand
{
    /// <summary>What it belongs to, e.g. <c>redemption:0198…</c>. Letters, digits and <c>: . _ / -</c>; at most 64 characters; no personal data: it is hashed and published.</summary>
    public string Ref { get; init; } = "";

    /// <summary>The rule and version that decided it, e.g. <c>coins-per-hour/3</c>. Same letters and length as <see cref="Ref"/>.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Free text for people, at most 200 characters. Only a salted commitment enters the chain, so it can be erased.</summary>
    public string? Reason { get; init; }
}

/// <summary>Units go from one account to another.</summary>
/// <param name="From">Where they leave; <see cref="AccountKey.Lots"/> for a member.</param>
/// <param name="To">Where they arrive; opened when it is not there.</param>
/// <param name="Amount">In units of the asset, 1 to <see cref="LedgerLimits.MaxAmount"/>.</param>
public sealed record Leg(AccountKey From, AccountKey To, long Amount);

/// <summary>Moves units as the kind allows (the closed loop, product.md hard rule 4).</summary>
/// <param name="Kind">Issue, Grant, Gift, Retire, Settle or Transfer.</param>
/// <param name="Legs">Applied in order, all or none.</param>
public sealed record Move(PostingKind Kind, IReadOnlyList<Leg> Legs) : LedgerCommand
{
    /// <summary>A move of one leg.</summary>
    public Move(PostingKind kind, AccountKey from, AccountKey to, long amount)
        : this(kind, [new Leg(from, to, amount)])
    {
    }
}

/// <summary>Sets a member's coins aside for a receiver, earliest expiry first. The hold's id is the posting's seq.</summary>
/// <param name="Member">Whose coins.</param>
/// <param name="To">Who gets them at capture: a merchant's account.</param>
/// <param name="Amount">In units.</param>
/// <param name="ExpiresAt">From this instant on it can only expire. At most <see cref="LedgerLimits.MaxHoldDays"/> ahead.</param>
public sealed record PlaceHold(Guid Member, AccountKey To, long Amount, DateTimeOffset ExpiresAt) : LedgerCommand;

/// <summary>A command about one hold.</summary>
/// <param name="Hold">The hold's id; -1 is the first posting of the same request, -2 the second, and so on.</param>
public abstract record HoldCommand(long Hold) : LedgerCommand;

/// <summary>Gives the receiver the whole (null) or a part; the rest goes back to the lots it came from in the same posting.</summary>
/// <param name="Hold">See <see cref="HoldCommand"/>.</param>
/// <param name="Amount">In units, or null for all.</param>
public sealed record CaptureHold(long Hold, long? Amount = null) : HoldCommand(Hold);

/// <summary>Gives everything back before the hold's time is over.</summary>
/// <param name="Hold">See <see cref="HoldCommand"/>.</param>
public sealed record ReleaseHold(long Hold) : HoldCommand(Hold);

/// <summary>Gives everything back once the hold's time is over.</summary>
/// <param name="Hold">See <see cref="HoldCommand"/>.</param>
public sealed record ExpireHold(long Hold) : HoldCommand(Hold);

/// <summary>Gives an open hold more time; once.</summary>
/// <param name="Hold">See <see cref="HoldCommand"/>.</param>
/// <param name="ExpiresAt">Later than before.</param>
public sealed record ExtendHold(long Hold, DateTimeOffset ExpiresAt) : HoldCommand(Hold);

/// <summary>Gives captured coins back to the lots they came from, the latest expiry first; repeatable up to what was captured.</summary>
/// <param name="Hold">See <see cref="HoldCommand"/>.</param>
/// <param name="Amount">In units.</param>
public sealed record RefundHold(long Hold, long Amount) : HoldCommand(Hold);

/// <summary>
/// Takes a move back: every leg the other way, as far as the units are still there (of a member's lots the one that received first, then the
/// earliest). Once per posting. What is missing is the shortfall, recorded and answered.
/// </summary>
/// <param name="Target">The posting's seq.</param>
public sealed record Reverse(long Target) : LedgerCommand;

/// <summary>Moves what is left in a lapsed lot to the expired account.</summary>
/// <param name="Lot">The lot.</param>
public sealed record ExpireLot(AccountKey Lot) : LedgerCommand;

/// <summary>Gives what is left in a lot a later date.</summary>
/// <param name="Lot">The lot, not lapsed.</param>
/// <param name="ExpiresOn">The new last day.</param>
public sealed record ExtendLot(AccountKey Lot, DateOnly ExpiresOn) : LedgerCommand;

/// <summary>Opens an account with a floor or a ceiling of its own. Accounts with the kind's usual floor open themselves when first credited.</summary>
/// <param name="Key">The account.</param>
/// <param name="Floor">Lowest balance, in units; 0 or below.</param>
/// <param name="Ceiling">Highest balance, in units; null for none.</param>
public sealed record OpenAccount(AccountKey Key, long Floor = 0, long? Ceiling = null) : LedgerCommand;

/// <summary>Sets the community's flags.</summary>
/// <param name="IssueFrozen">No issue and no grant.</param>
/// <param name="RedeemFrozen">No hold and no capture; release, expiry and refund go on.</param>
/// <param name="GraceDays">Lapsed coins that come back live this many days after today; 0: they expire at once.</param>
public sealed record SetPolicy(bool IssueFrozen, bool RedeemFrozen, int GraceDays) : LedgerCommand;
