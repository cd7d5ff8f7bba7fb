using Phoenix.Platform.Results;

namespace Phoenix.App.Bookkeeping;

/// <summary>The caller has no membership here, so no coins.</summary>
public sealed record NoMembership() : Error("coins.no_membership", ErrorKind.NotFound, "您还没有加入这个社区，请先加入。");

/// <summary>It is paused already, or goes on already.</summary>
public sealed record PauseUnchanged() : Error("coins.pause_unchanged", ErrorKind.Conflict, "已经是这个状态了，请刷新后再看。");

/// <summary>The latest nightly check found a difference: nothing is resumed before it is cleared up.</summary>
public sealed record BooksDisagree() : Error("coins.books_disagree", ErrorKind.Conflict, "夜间对账还有差异没有查清，请先核对账目，再恢复。");

/// <summary>The days of an extension: the old one at least an hour from its end, the new one later and at most five years ahead.</summary>
public sealed record ExtensionDatesBad() : Error("coins.extension_dates_bad", ErrorKind.Invalid, "日期不对：要在原到期日结束前至少一小时办理，新到期日要更晚，最远五年。");

/// <summary>Nobody has coins that end on that day.</summary>
public sealed record NothingToExtend() : Error("coins.nothing_to_extend", ErrorKind.Conflict, "这一天没有要到期的凤凰币，不用延期。");

/// <summary>No month, or one that hasn't come.</summary>
public sealed record BadSpotMonth() : Error("spot_check.bad_month", ErrorKind.Invalid, "月份不对，请选已经开始的月份，按 2026-11 的样子填写。");

/// <summary>Nothing was recorded or posted in the month.</summary>
public sealed record NothingToDraw() : Error("spot_check.nothing", ErrorKind.Conflict, "这个月还没有记录，也没有账，请换一个月份再抽。");

/// <summary>No such draw here.</summary>
public sealed record UnknownSpotCheck() : Error("spot_check.unknown", ErrorKind.NotFound, "没有找到这次抽查，请返回抽查记录再看。");
