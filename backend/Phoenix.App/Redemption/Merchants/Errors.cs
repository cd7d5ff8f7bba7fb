using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>No such merchant here, or not one of the caller's.</summary>
public sealed record UnknownMerchant() : Error("merchant.unknown", ErrorKind.NotFound, "没有找到这个商家，请返回列表再选一次。");

/// <summary>Another merchant has the name.</summary>
public sealed record MerchantNameTaken() : Error("merchant.name_taken", ErrorKind.Conflict, "已经有同名的商家，请直接使用，或换一个名称。");

/// <summary>The merchant has left for good.</summary>
public sealed record MerchantLeft() : Error("merchant.left", ErrorKind.Conflict, "这个商家已经退出，如再合作请重新登记。");

/// <summary>The merchant is paused or has left: nothing is done at its till.</summary>
public sealed record MerchantNotActive() : Error("merchant.not_active", ErrorKind.Conflict, "这个商家暂停合作中，请联系社区工作人员。");

/// <summary>The merchant's owner takes a rest.</summary>
public sealed record MerchantResting() : Error("merchant.resting", ErrorKind.Conflict, "商家正在休息，暂时不能兑换，请晚些再来。");

/// <summary>Something is held there: it is given or goes back first.</summary>
public sealed record MerchantHasHolds() : Error("merchant.has_holds", ErrorKind.Conflict, "这个商家还有留着没取的兑换，请等取走或退回，再办退出。");

/// <summary>The end of a rest: later than now, within 60 days.</summary>
public sealed record MerchantRestBad() : Error("merchant.rest_bad", ErrorKind.Invalid, "休息的结束时间不对，请选今后 60 天以内的时间。");

/// <summary>A merchant without an owner doesn't open.</summary>
public sealed record MerchantOwnerless() : Error("merchant.ownerless", ErrorKind.Conflict, "这个商家还没有负责人，请先确定负责人，再启用。");

/// <summary>An active merchant keeps an owner.</summary>
public sealed record MerchantLastOwner() : Error("merchant.last_owner", ErrorKind.Conflict, "这是商家最后一位负责人，请先确定新的负责人，或先暂停商家。");

/// <summary>Nobody makes themselves an owner.</summary>
public sealed record MerchantOwnerSelf() : Error("merchant.owner_self", ErrorKind.Conflict, "不能给自己办理商家负责人，请另一位工作人员办理。");

/// <summary>No such member.</summary>
public sealed record MerchantMemberUnknown() : Error("merchant.member_unknown", ErrorKind.NotFound, "没有找到这位居民，请对方先加入社区，再选一次。");

/// <summary>The person is that at the merchant already.</summary>
public sealed record AlreadyMerchantStaff() : Error("merchant_staff.already", ErrorKind.Conflict, "已经在这个商家的名单里了，不用再加。");

/// <summary>No such person at the merchant.</summary>
public sealed record UnknownMerchantStaff() : Error("merchant_staff.unknown", ErrorKind.NotFound, "没有找到这位店员或负责人，请刷新名单。");

/// <summary>Owners are given and taken by the community.</summary>
public sealed record OwnerByStaffOnly() : Error("merchant_staff.owner_by_staff", ErrorKind.Conflict, "负责人由社区办理变更，请联系社区工作人员。");

/// <summary>As many people as a merchant may have.</summary>
public sealed record TooManyMerchantStaff() : Error("merchant_staff.too_many", ErrorKind.Conflict, "这个商家的店员太多了，请先移除不在岗的，再加新人。");

/// <summary>The clerk did nothing for 60 days and is off.</summary>
public sealed record ClerkIdle() : Error("merchant_staff.idle", ErrorKind.Conflict, "您超过 60 天没有操作，店员身份已停用，请向负责人要一个新的加入码。");

/// <summary>Account data is being confirmed; one change waits at a time.</summary>
public sealed record PayeeWaits() : Error("merchant_payee.waits", ErrorKind.Conflict, "上次提交的收款账户正在等财务确认，请等确认后再改。");
