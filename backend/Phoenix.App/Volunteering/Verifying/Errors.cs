using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>No such attendance here, or not the caller's to verify.</summary>
public sealed record UnknownToVerify() : Error("verify.unknown", ErrorKind.NotFound, "没有找到这条签到，请返回名单刷新。");

/// <summary>The shift hasn't begun.</summary>
public sealed record VerifyTooEarly() : Error("verify.too_early", ErrorKind.Conflict, "时段还没开始，开始以后再核时长。");

/// <summary>Nothing is left that the caller could verify in one tap.</summary>
public sealed record NothingToVerify() : Error("verify.nothing", ErrorKind.Conflict, "没有可以一起确认的了，没签退的和要别人核的请看名单。");

/// <summary>Nobody verifies their own time, nor their family's (hard rule 5).</summary>
public sealed record OwnTime() : Error("verify.own", ErrorKind.Forbidden, "自己和家人的时长要请另一位负责人或工作人员核。");

/// <summary>The head count and the list differ; who verifies anyway says why.</summary>
/// <param name="Counted">People counted.</param>
/// <param name="Listed">People on the list.</param>
public sealed record HeadCountDiffers(int Counted, int Listed) : Error(
    "verify.count_differs", ErrorKind.Conflict, $"现场数了 {Counted} 人，名单上有 {Listed} 人，请核对名单；确实没错就写明原因再确认。");

/// <summary>The person hasn't left yet.</summary>
public sealed record NotCheckedOut() : Error("verify.not_checked_out", ErrorKind.Conflict, "这位还没有签退，请先登记离开时间，再核时长。");

/// <summary>It was verified, proposed or left out before.</summary>
public sealed record VerifiedAlready() : Error("verify.already", ErrorKind.Conflict, "这条签到已经核过，请刷新名单；记录有误请走更正。");

/// <summary>Minutes that aren't a multiple of 5, or are more than the shift has.</summary>
public sealed record BadVerifiedMinutes() : Error("verify.bad_minutes", ErrorKind.Invalid, "时长不对：按 5 分钟取整，不能超过时段长度，也不能晚于现在，请核对。");

/// <summary>Other minutes than those that were worked out need a reason.</summary>
public sealed record ReasonNeeded() : Error("verify.reason_needed", ErrorKind.Invalid, "改时长要写明原因，请补充。");

/// <summary>The activity's coin budget doesn't reach.</summary>
/// <param name="MissingCoins">How many coins are missing.</param>
public sealed record BudgetShort(long MissingCoins) : Error(
    "verify.budget_short", ErrorKind.Conflict, $"活动的凤凰币预算还差 {MissingCoins} 枚，这次什么都没有记；请工作人员增加预算后再确认。");

/// <summary>A budget that isn't more than it was, or an activity without one.</summary>
public sealed record BadBudget() : Error("verify.bad_budget", ErrorKind.Invalid, "预算只能增加，只记时长的活动没有预算，请核对。");

/// <summary>Issuing coins is paused in the community: hours and coins come together, so nothing was recorded.</summary>
public sealed record VerifyPaused() : Error("verify.issue_paused", ErrorKind.Conflict, "社区暂停发放凤凰币，这次什么都没有记；恢复发放后再确认。");

/// <summary>The second approver is another person.</summary>
public sealed record SecondIsAnother() : Error("verify.second_same", ErrorKind.Forbidden, "补录要两个人核，请另一位工作人员复核。");

/// <summary>Nothing waits for a second approver.</summary>
public sealed record NothingForSecond() : Error("verify.nothing_second", ErrorKind.Conflict, "没有等您复核的补录，请刷新后再看。");

/// <summary>Only what was proposed or left out is taken up again.</summary>
public sealed record NothingToReopen() : Error("verify.nothing_to_reopen", ErrorKind.Conflict, "只有待复核和不计的可以重新核；已记录的请走更正。");

/// <summary>An activity with attendances that nobody verified isn't closed.</summary>
/// <param name="People">How many.</param>
public sealed record UnverifiedLeft(int People) : Error("verify.unfinished", ErrorKind.Conflict, $"还有 {People} 人的时长没核完，核完或写明不计后再办结。");
