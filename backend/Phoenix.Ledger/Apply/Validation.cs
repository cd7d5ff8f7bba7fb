using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;

namespace Phoenix.Ledger.Apply;

/// <summary>What can be refused without looking at anything but the request: so before the queue.</summary>
internal static class Validation
{
    public static Error? Check(LedgerRequest request, int maxPostings)
    {
        if (request.RequestId == Guid.Empty)
            return new InvalidRequestId();
        if (!IsName(request.Route))
            return new InvalidReference();
        if (request.Commands.Count == 0)
            return new NothingToPost();
        if (request.Commands.Count > maxPostings)
            return new TooManyPostings();
        if (request.Counters.Count > LedgerLimits.MaxCounters)
            return new InvalidCounter();
        foreach (var c in request.Counters)
            if (c.Key.Length == 0 || !IsName(c.Key) || c.Add == 0 || Math.Abs((decimal)c.Add) > LedgerLimits.MaxAmount || c.Cap is < 0 or > LedgerLimits.MaxAmount || c.Period < 0)
                return new InvalidCounter();
        foreach (var command in request.Commands)
            if (Check(command) is { } error)
                return error;
        return null;
    }

    /// <summary>Letters, digits and a few marks: what needs no escaping in the canonical form and holds no sentence.</summary>
    public static bool IsName(string text) => text.Length <= LedgerLimits.MaxName && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '.' or '_' or '/' or '-');

    // PostgreSQL takes no NUL, and half a surrogate pair would be written as another character than was hashed.
    private static bool IsText(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is 0 or 0xFFFD)
                return false;
        return true;
    }

    private static Error? Check(LedgerCommand command)
    {
        if (!IsName(command.Ref) || !IsName(command.Rule))
            return new InvalidReference();
        if (command.Reason is { Length: > LedgerLimits.MaxReason })
            return new ReasonTooLong();
        if (command.Reason is { } reason && !IsText(reason))
            return new InvalidReason();
        return command switch
        {
            Move c => Check(c),
            PlaceHold c => Amount(c.Amount) ?? Account(c.To) ?? (c.To.Kind == AccountKind.Merchant ? null : new RouteNotAllowed()),
            CaptureHold { Amount: { } amount } => Amount(amount),
            RefundHold c => Amount(c.Amount),
            ExpireLot c => Lot(c.Lot),
            ExtendLot c => Lot(c.Lot) ?? (c.ExpiresOn > c.Lot.ExpiresOn ? null : new InvalidExpiry()),
            OpenAccount c => Account(c.Key) ?? Bounds(c),
            SetPolicy c => c.GraceDays is < 0 or > LedgerLimits.MaxGraceDays ? new InvalidPolicy() : null,
            _ => null,
        };
    }

    private static Error? Check(Move move)
    {
        if (!PostingKinds.IsMove(move.Kind))
            return new RouteNotAllowed();
        if (move.Legs.Count == 0)
            return new NothingToPost();
        if (move.Legs.Count > LedgerLimits.MaxLegs)
            return new TooManyLegs();
        foreach (var leg in move.Legs)
        {
            // A member's coins are always taken earliest first, so a move never names one lot to take from.
            if ((Amount(leg.Amount) ?? (leg.From.IsLots ? Known(leg.From) : Account(leg.From)) ?? Account(leg.To)) is { } error)
                return error;
            if (leg.From == leg.To)
                return new SameAccount();
            if (leg.From.Asset != leg.To.Asset)
                return new MixedAssets();
            if (!ClosedLoop.Allows(move.Kind, leg.From.Kind, leg.To.Kind))
                return new RouteNotAllowed();
            if (leg.From is { Kind: AccountKind.Member, ExpiresOn: not null } || (leg.From.IsLots && leg.From.Owner != move.Legs[0].From.Owner))
                return new InvalidAccount();
        }

        return null;
    }

    private static Error? Amount(long amount) => amount is < 1 or > LedgerLimits.MaxAmount ? new InvalidAmount() : null;

    private static Error? Lot(in AccountKey key) => key.Kind == AccountKind.Member ? Account(key) : new InvalidAccount();

    /// <summary>One account: a lot has a date, nothing else has one.</summary>
    private static Error? Account(in AccountKey key) =>
        Known(key) ?? ((key.Kind == AccountKind.Member) == (key.ExpiresOn is { Year: >= 2000 and <= 9998 }) ? null : new InvalidAccount());

    private static Error? Known(in AccountKey key) => Enum.IsDefined(key.Kind) && Enum.IsDefined(key.Asset) ? null : new InvalidAccount();

    // No coin account but the source goes below zero, whoever opens it: a lower floor would be an overdraft by another name.
    private static Error? Bounds(OpenAccount c)
    {
        var mayOwe = c.Key.Kind == AccountKind.Issuance || (c.Key.Asset == Asset.Fen && c.Key.Kind is not (AccountKind.Member or AccountKind.Held));
        return c.Floor is > 0 or < -AccountKinds.MaxBalance || c.Ceiling is < 0 or > AccountKinds.MaxBalance || (c.Floor < 0 && !mayOwe) ? new InvalidBounds() : null;
    }
}
