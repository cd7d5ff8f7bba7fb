using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Units;

/// <summary>No such unit here, or not one of the caller's.</summary>
public sealed record UnknownUnit() : Error("unit.unknown", ErrorKind.NotFound, "没有找到这个单位，请返回列表再选一次。");

/// <summary>Another unit has the name.</summary>
public sealed record UnitNameTaken() : Error("unit.name_taken", ErrorKind.Conflict, "已经有同名的单位，请直接使用，或换一个名称。");

/// <summary>The unit was closed.</summary>
public sealed record UnitClosed() : Error("unit.closed", ErrorKind.Conflict, "这个单位已经停用，请联系社区工作人员。");

/// <summary>The member is no contact of the unit.</summary>
public sealed record NotUnitContact() : Error("unit.not_contact", ErrorKind.NotFound, "对方不是这个单位的联系人，不用取消。");

/// <summary>The code is wrong, used up or expired. One sentence for all three: it tells a guesser nothing.</summary>
public sealed record JoinCodeWrong() : Error("join_code.wrong", ErrorKind.Conflict, "加入码不对、用完了或过期了，请向给您码的人要一个新的。");

/// <summary>The person is in the unit already.</summary>
public sealed record AlreadyInUnit() : Error("unit.already_member", ErrorKind.Conflict, "您已经在这个单位里了，不用再加入。");

/// <summary>Nobody has this volunteer number.</summary>
public sealed record VolunteerNumberUnknown() : Error("unit.volunteer_unknown", ErrorKind.NotFound, "没有这个志愿者编号，请向本人核对后再填。");

/// <summary>The volunteer is in the unit or was proposed already.</summary>
public sealed record AlreadyProposedToUnit() : Error("unit.already_proposed", ErrorKind.Conflict, "这位志愿者已经在单位里，或正等本人确认。");

/// <summary>As many proposals wait as a unit may have.</summary>
public sealed record TooManyProposals() : Error("unit.too_many_proposals", ErrorKind.Conflict, "等确认的人太多了，请先让他们确认，再请新的人。");

/// <summary>No such membership of the caller's, or in the caller's unit.</summary>
public sealed record UnknownUnitMembership() : Error("unit_membership.unknown", ErrorKind.NotFound, "没有找到这条单位成员记录，请刷新后再试。");

/// <summary>The proposal was not confirmed in time.</summary>
public sealed record UnitProposalOver() : Error("unit_membership.proposal_over", ErrorKind.Gone, "这个邀请过期了，请单位联系人再请您一次。");

/// <summary>Only somebody who has confirmed can do this.</summary>
public sealed record UnitNotConfirmed() : Error("unit_membership.not_confirmed", ErrorKind.Conflict, "请先确认加入这个单位，再设置。");

/// <summary>As many units as a person may be in.</summary>
public sealed record TooManyUnits() : Error("unit_membership.too_many", ErrorKind.Conflict, "您加入的单位太多了，请先退出一个再加入。");

/// <summary>Data of under-14s is shown to nobody on the child's word alone (PIPL art 31).</summary>
public sealed record SharingTooYoung() : Error("unit_membership.sharing_too_young", ErrorKind.Conflict, "未满 14 岁，时长不给单位看；加入单位不受影响。");
