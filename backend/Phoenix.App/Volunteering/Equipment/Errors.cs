using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>No such item here.</summary>
public sealed record UnknownEquipment() : Error("equipment.unknown", ErrorKind.NotFound, "没有找到这件器材，请返回器材列表再看。");

/// <summary>As many are registered as may be.</summary>
public sealed record TooMuchEquipment() : Error("equipment.too_many", ErrorKind.Conflict, $"登记的器材到 {EquipmentItem.MaxPerCommunity} 件了，请先把不用的停用。");

/// <summary>Where it stands it can't be lent, or changed.</summary>
/// <param name="State">Where it stands, on screen.</param>
public sealed record EquipmentStateWrong(string State) : Error("equipment.state_wrong", ErrorKind.Conflict, $"这件器材现在是“{State}”，不能这样操作，请刷新后再看。");

/// <summary>Somebody has it.</summary>
public sealed record EquipmentOut() : Error("equipment.out", ErrorKind.Conflict, "这件器材已经借出，请等还回来再操作。");

/// <summary>No such loan here.</summary>
public sealed record UnknownLoan() : Error("loan.unknown", ErrorKind.NotFound, "没有找到这次借用，请返回器材列表再看。");

/// <summary>It came back.</summary>
public sealed record LoanReturned() : Error("loan.returned", ErrorKind.Conflict, "这件器材已经还回来了，不用再操作，请刷新后再看。");

/// <summary>One's own, or the family's (hard rule 5).</summary>
public sealed record OwnLoan() : Error("loan.own", ErrorKind.Forbidden, "自己和家人借用器材，要请另一位同事办理。");

/// <summary>Lending wants a member who is here.</summary>
public sealed record BorrowerUnknown() : Error("loan.borrower_unknown", ErrorKind.Conflict, "没有找到这位居民，请从居民名单里选，或登记姓名和电话。");

/// <summary>A minor's guardian borrows.</summary>
public sealed record LoanNeedsGuardian() : Error("loan.needs_guardian", ErrorKind.Conflict, "未成年人请由家长来借，登记在家长名下。");

/// <summary>The borrower has as many as may be.</summary>
public sealed record TooManyLoans() : Error("loan.too_many", ErrorKind.Conflict, $"这位居民已经借了 {EquipmentLoan.MaxOpen} 件，请先还一件再借。");

/// <summary>The due day is past, too far, or no later than the present one.</summary>
public sealed record LoanDayWrong() : Error("loan.day_wrong", ErrorKind.Conflict, $"归还日要在今天起 {EquipmentLoan.MaxDays} 天以内，续借要比原来的晚，请重新选日期。");

/// <summary>It was put off as often as may be.</summary>
public sealed record TooManyExtensions() : Error("loan.too_many_extensions", ErrorKind.Conflict, $"已经续借 {EquipmentLoan.MaxExtensions} 次，请先还回来再借。");
