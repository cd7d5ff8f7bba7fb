using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;

namespace Phoenix.Ledger.Apply;

/// <summary>What each command does to a draft. A returned error undoes the whole request.</summary>
internal static class Commanding
{
    public static PostingKind KindOf(LedgerCommand command) => command switch
    {
        Commands.Move c => c.Kind,
        PlaceHold => PostingKind.Hold,
        CaptureHold => PostingKind.Capture,
        ReleaseHold => PostingKind.Release,
        ExpireHold => PostingKind.ExpireHold,
        ExtendHold => PostingKind.Extend,
        RefundHold => PostingKind.Refund,
        Commands.Reverse => PostingKind.Reverse,
        Commands.ExpireLot => PostingKind.ExpireLot,
        Commands.ExtendLot => PostingKind.ExtendLot,
        OpenAccount => PostingKind.Open,
        Commands.SetPolicy => PostingKind.Policy,
        _ => throw new InvalidOperationException($"unknown command {command.GetType().Name}"),
    };

    public static Error? Apply(LedgerCommand command, Draft draft) => command switch
    {
        Commands.Move c => Move(c, draft),
        PlaceHold c => HoldCommands.Place(c, draft),
        HoldCommand c => HoldCommands.Apply(c, draft),
        Commands.Reverse c => Reverse(c, draft),
        Commands.ExpireLot c => ExpireLot(c, draft),
        Commands.ExtendLot c => ExtendLot(c, draft),
        OpenAccount c => Open(c, draft),
        Commands.SetPolicy c => SetPolicy(c, draft),
        _ => throw new InvalidOperationException($"unknown command {command.GetType().Name}"),
    };

    private static Error? Move(Commands.Move command, Draft draft)
    {
        if (draft.Community.IssueFrozen && command.Kind is (PostingKind.Issue or PostingKind.Grant))
            return new IssueFrozen();
        foreach (var leg in command.Legs)
            if (MoveLeg(leg, draft) is { } error)
                return error;
        return null;
    }

    private static Error? MoveLeg(Leg leg, Draft draft)
    {
        if (leg.To.Kind == AccountKind.Member && CheckLotDate(leg.To.ExpiresOn!.Value, draft) is { } badDate)
            return badDate;
        if (leg.From.IsLots)
            return draft.Spend(leg.From.Owner, leg.From.Asset, leg.Amount, draft.FindOrOpen(leg.To));
        var from = draft.Find(leg.From);
        if (from is null && AccountKinds.FloorOf(leg.From.Kind) < 0)
            from = draft.Open(leg.From, AccountKinds.FloorOf(leg.From.Kind), null);
        return from is null ? new UnknownAccount() : draft.Move(from, draft.FindOrOpen(leg.To), leg.Amount);
    }

    private static Error? CheckLotDate(DateOnly expiresOn, Draft draft)
    {
        if (expiresOn < draft.Today)
            return new LotLapsed();
        return expiresOn > draft.Today.AddDays(LedgerLimits.MaxLotDays) ? new InvalidExpiry() : null;
    }

    private static Error? Reverse(Commands.Reverse command, Draft draft)
    {
        var community = draft.Community;
        if (!community.Targets.TryGetValue(command.Target, out var target))
            return new UnknownPosting();
        if (!ClosedLoop.Reversible(target.Kind))
            return new NotReversible();
        if (target.ReversedBy != 0)
            return new AlreadyReversed(target.ReversedBy);
        var shortfall = 0L;
        for (var i = target.Legs.Count - 1; i >= 0; i--)
        {
            var leg = target.Legs[i];
            var left = leg.Amount;
            var back = draft.BackTo(community.ById[leg.From]);
            foreach (var source in Sources(community.ById[leg.To], draft))
            {
                var part = Math.Min(left, source.Balance - source.Floor);
                if (part <= 0)
                    continue;
                if (draft.Move(source, back, part) is { } error)
                    return error;
                left -= part;
                if (left == 0)
                    break;
            }

            shortfall += left;
        }

        draft.Posting.Subject = command.Target;
        draft.Posting.Shortfall = shortfall;
        draft.Reverse(target, command.Target, shortfall);
        return null;
    }

    // What went into a lot may be taken from the member's other lots when that one is empty: the debt is the member's, not the lot's.
    private static IEnumerable<AccountState> Sources(AccountState received, Draft draft)
    {
        yield return received;
        if (received.Key.Kind != AccountKind.Member)
            yield break;
        foreach (var lot in draft.Community.LotsOf(received.Key.Owner, received.Key.Asset))
            if (lot != received && !draft.IsLapsed(lot.Key))
                yield return lot;
    }

    private static Error? ExpireLot(Commands.ExpireLot command, Draft draft)
    {
        if (draft.Find(command.Lot) is not { } lot)
            return new UnknownAccount();
        if (!draft.IsLapsed(lot.Key))
            return new LotNotLapsed();
        if (lot.Balance == 0)
            return new LotEmpty();
        return draft.Move(lot, draft.FindOrOpen(new AccountKey(AccountKind.Expired, Guid.Empty, lot.Key.Asset)), lot.Balance);
    }

    private static Error? ExtendLot(Commands.ExtendLot command, Draft draft)
    {
        if (draft.Find(command.Lot) is not { } lot)
            return new UnknownAccount();
        if (draft.IsLapsed(lot.Key))
            return new LotLapsed();
        if (CheckLotDate(command.ExpiresOn, draft) is { } badDate)
            return badDate;
        if (lot.Balance == 0)
            return new LotEmpty();
        return draft.Move(lot, draft.FindOrOpen(lot.Key with { ExpiresOn = command.ExpiresOn }), lot.Balance);
    }

    private static AccountExists? Open(OpenAccount command, Draft draft)
    {
        if (draft.Find(command.Key) is not null)
            return new AccountExists();
        draft.Open(command.Key, command.Floor, command.Ceiling);
        return null;
    }

    private static Error? SetPolicy(Commands.SetPolicy command, Draft draft)
    {
        draft.Posting.Extra = $"issue={(command.IssueFrozen ? 1 : 0)},redeem={(command.RedeemFrozen ? 1 : 0)},grace={command.GraceDays}";
        draft.SetPolicy(command);
        return null;
    }
}
