using Phoenix.Platform.Results;

namespace Phoenix.App.Community;

/// <summary>A day that is over can't be declared anew: rules apply forward only (hard rule 11).</summary>
public sealed record CalendarDayOver() : Error("calendar.day_over", ErrorKind.Conflict, "这一天已经过去，不能再改，请选择今天以后的日期。");

/// <summary>Days are declared at most two years ahead.</summary>
public sealed record CalendarDayTooFar() : Error("calendar.day_too_far", ErrorKind.Conflict, "日期太远了，请选择两年以内的日期。");

/// <summary>A range that ends before it begins or is longer than a year.</summary>
public sealed record CalendarRangeBad() : Error("calendar.range_bad", ErrorKind.Invalid, "日期范围不对，请选择一年以内的起止日期。");

/// <summary>The day was not declared, so there is nothing to take back.</summary>
public sealed record CalendarDayNotDeclared() : Error("calendar.day_not_declared", ErrorKind.NotFound, "这一天没有单独设置过，不用恢复。");

/// <summary>No such proposal.</summary>
public sealed record UnknownApproval() : Error("approval.unknown", ErrorKind.NotFound, "没有找到这件事，请刷新待办列表。");

/// <summary>It was decided, withdrawn, or is too old.</summary>
public sealed record ApprovalDecided() : Error("approval.decided", ErrorKind.Conflict, "这件事已经办结，请刷新待办列表。");

/// <summary>Nobody approves what they prepared or gain by (hard rule 5).</summary>
public sealed record OwnApproval() : Error("approval.own", ErrorKind.Conflict, "不能复核自己经办或与自己有关的事，请另一位办理。");

/// <summary>The same thing was proposed and waits.</summary>
public sealed record AlreadyProposed() : Error("approval.already_proposed", ErrorKind.Conflict, "这件事已经提交，正在等复核。");
/// <summary>Somebody else published a version meanwhile, or the number leaves a gap.</summary>
public sealed record DocumentVersionTaken() : Error("documents.version_taken", ErrorKind.Conflict, "这份文件刚有了新版本，请刷新后在最新版本上修改再发布。");

/// <summary>No such version here.</summary>
public sealed record DocumentUnknown() : Error("documents.unknown", ErrorKind.NotFound, "没有找到这份文件，请返回文件列表重新打开。");

/// <summary>What was accepted isn't what is in force now.</summary>
public sealed record DocumentsNotCurrent() : Error("documents.not_current", ErrorKind.Conflict, "规则文件刚刚更新了，请您重新阅读后再同意。");

/// <summary>A newer version must be accepted first.</summary>
public sealed record DocumentsToAccept() : Error("documents.acceptance_needed", ErrorKind.Conflict, "规则文件有了新版本，请您阅读并同意后再继续。");

/// <summary>Nobody's data is taken before the notice that says what happens to it.</summary>
public sealed record PrivacyNoticeMissing() : Error("documents.no_privacy_notice", ErrorKind.Conflict, "社区还没有发布隐私政策，暂时不能加入，请联系社区工作人员。");
