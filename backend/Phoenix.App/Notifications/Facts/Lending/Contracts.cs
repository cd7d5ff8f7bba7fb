using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Facts.Lending;

/// <summary>An item was lent in somebody's name. The inbox only.</summary>
/// <param name="Item">What, with its number: 轮椅（3 号）.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="Phone">The community's number.</param>
public sealed record EquipmentLent(string Item, DateOnly DueOn, string Phone) : NoticeFacts(NoticeKind.EquipmentLent);

/// <summary>What was borrowed came back. The inbox only.</summary>
/// <param name="Item">What, with its number: 轮椅（3 号）.</param>
public sealed record EquipmentReturned(string Item) : NoticeFacts(NoticeKind.EquipmentReturned);

/// <summary>What was borrowed is to come back soon (a day ahead).</summary>
/// <param name="Item">What, with its number: 轮椅（3 号）.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="At">When this was said.</param>
/// <param name="Phone">The community's number.</param>
public sealed record EquipmentDue(string Item, DateOnly DueOn, DateTimeOffset At, string Phone) : NoticeFacts(NoticeKind.EquipmentDue)
{
    /// <inheritdoc />
    public override DateTimeOffset? UsefulUntil => CommunityTime.Shanghai.EndOf(DueOn);
}

/// <summary>What was borrowed should have come back.</summary>
/// <param name="Item">What, with its number: 轮椅（3 号）.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="At">When this was said.</param>
/// <param name="Phone">The community's number.</param>
public sealed record EquipmentOverdue(string Item, DateOnly DueOn, DateTimeOffset At, string Phone) : NoticeFacts(NoticeKind.EquipmentOverdue);
