using Phoenix.App.Redemption.Agreements;
using Phoenix.App.Redemption.Offers;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>What an exchange's request to the ledger carries: what is wanted, as it was understood before the queue.</summary>
internal sealed class HoldOrder
{
    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required OfferVersion Version { get; init; }

    public required Terms Terms { get; init; }

    public required Guid MemberId { get; init; }

    public required int Quantity { get; init; }

    public required RedemptionChannel Channel { get; init; }

    public required DateOnly Day { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required Guid PlacedBy { get; init; }

    public required bool NeedsConsent { get; init; }

    public Guid? CardId { get; init; }

    public Guid? WitnessId { get; init; }

    /// <summary>Whether the request captures it in the same step.</summary>
    public bool IsCapture { get; init; }

    public long Coins => Version.Coins * Quantity;

    /// <summary>The row as written; null where this was a retry. Of several attempts the last counts.</summary>
    public RedemptionRow? Placed { get; set; }
}

/// <summary>An exchange goes from Held to something else.</summary>
/// <param name="Id">Which.</param>
/// <param name="To">What it becomes.</param>
/// <param name="By">Who does it, a person; null for the system.</param>
/// <param name="Reason">Why not.</param>
/// <param name="IsForFamily">Whether family collected it.</param>
internal sealed record Resolving(Guid Id, RedemptionState To, Guid? By, string? Reason = null, bool IsForFamily = false);

/// <summary>A held exchange gets more time.</summary>
/// <param name="Id">Which.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record Extending(Guid Id, DateTimeOffset ExpiresAt);

/// <summary>Coins of a captured exchange go back.</summary>
/// <param name="Id">Which.</param>
/// <param name="RefundId">The refund's id: its request id.</param>
/// <param name="Coins">How many.</param>
/// <param name="By">Who does it, a person.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsUndo">Whether it takes back a slip of the finger, with stock and limits.</param>
internal sealed record Refunding(Guid Id, Guid RefundId, long Coins, Guid By, string Reason, bool IsUndo);
