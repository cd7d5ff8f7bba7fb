using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Cards;

/// <summary>No card has this number or id.</summary>
public sealed record CardUnknown() : Error("card.unknown", ErrorKind.NotFound, "没有找到这张卡，请核对卡号，或请社区工作人员帮忙。");

/// <summary>The card was reported lost, or another took its place.</summary>
public sealed record CardRevoked() : Error("card.revoked", ErrorKind.Gone, "这张卡已经停用，请用新卡，或请社区工作人员帮忙。");

/// <summary>The member has a card that works.</summary>
public sealed record CardAlreadyIssued() : Error("card.already_issued", ErrorKind.Conflict, "这位居民已经有一张卡，丢了请用“补卡”。");

/// <summary>Somebody of this name and building is a member already.</summary>
public sealed record ElderAlreadyHere() : Error("elder.already_here", ErrorKind.Conflict, "同一楼栋已有同名居民，请先核对；确实是另一位，请勾选后再登记。");

/// <summary>A guardian enters a minor, on the family's own page.</summary>
public sealed record ElderTooYoung() : Error("elder.too_young", ErrorKind.Invalid, "未成年人请由家长在“家人”里登记，不在这里办理。");

/// <summary>Nobody witnesses what they enter themselves.</summary>
public sealed record WitnessSame() : Error("elder.witness_same", ErrorKind.Conflict, "见证人不能是经办人自己，请另请一位居民见证。");
