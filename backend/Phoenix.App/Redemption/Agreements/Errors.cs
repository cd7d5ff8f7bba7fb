using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Agreements;

/// <summary>The first day is past, or the last is before the first.</summary>
public sealed record AgreementDatesBad() : Error("agreement.dates_bad", ErrorKind.Invalid, "日期不对：新的约定从明天或以后开始（首份协议可以从今天开始），结束日不能早于开始日。");

/// <summary>Signed too late: the terms would apply to days that are past.</summary>
public sealed record AgreementLate() : Error("agreement.late", ErrorKind.Conflict, "开始日已经过了，约定不能往回算，请撤回后重新提交。");

/// <summary>A version waits for the treasurer.</summary>
public sealed record AgreementWaits() : Error("agreement.waits", ErrorKind.Conflict, "这个商家还有一份协议在等复核，请等复核后再提交。");

/// <summary>No agreement is in force for the merchant today.</summary>
public sealed record NoAgreementInForce() : Error("agreement.none_in_force", ErrorKind.Conflict, "这个商家的协议还没有生效，请先看看别家，或打电话问社区。");

/// <summary>The merchant took as many coins this month as its agreement allows.</summary>
public sealed record MonthlyCapReached() : Error("agreement.month_full", ErrorKind.Conflict, "这个商家这个月的兑换名额用完了，下个月再来，或看看别家。");

/// <summary>No such partnership here.</summary>
public sealed record UnknownPartnership() : Error("partnership.unknown", ErrorKind.NotFound, "没有找到这份共建协议，请刷新后再看。");

/// <summary>The partnership is over already.</summary>
public sealed record PartnershipOver() : Error("partnership.over", ErrorKind.Conflict, "这份共建协议已经结束了，不用再操作。");
