using System.Globalization;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering;

/// <summary>Somebody else edited it meanwhile.</summary>
public sealed record StaleEdit() : Error("volunteering.stale_edit", ErrorKind.Conflict, "这一项刚被别人改过，请刷新后在最新内容上再改。");

/// <summary>No such place here.</summary>
public sealed record UnknownPlace() : Error("place.unknown", ErrorKind.NotFound, "没有找到这个地点，请重新选择。");

/// <summary>The parent isn't exactly one level up, isn't here or is archived.</summary>
public sealed record PlaceParentWrong() : Error("place.parent_wrong", ErrorKind.Conflict, "上级不对：小区要放在网格下，楼栋要放在小区下，请重新选择上级。");

/// <summary>A sibling has the name.</summary>
public sealed record PlaceNameTaken() : Error("place.name_taken", ErrorKind.Conflict, "同一级已经有这个名称，请换一个。");

/// <summary>Places below it are still offered.</summary>
public sealed record PlaceInUse() : Error("place.in_use", ErrorKind.Conflict, "下面还有在用的小区或楼栋，请先停用它们。");

/// <summary>No such station here.</summary>
public sealed record UnknownStation() : Error("station.unknown", ErrorKind.NotFound, "没有找到这个站点，请重新选择。");

/// <summary>Another station has the name.</summary>
public sealed record StationNameTaken() : Error("station.name_taken", ErrorKind.Conflict, "已经有同名的站点，请换一个名称。");

/// <summary>No such team here.</summary>
public sealed record UnknownTeam() : Error("team.unknown", ErrorKind.NotFound, "没有找到这支志愿服务队，请重新选择。");

/// <summary>Another team has the name.</summary>
public sealed record TeamNameTaken() : Error("team.name_taken", ErrorKind.Conflict, "已经有同名的志愿服务队，请换一个名称。");

/// <summary>No such post here.</summary>
public sealed record UnknownPost() : Error("post.unknown", ErrorKind.NotFound, "没有找到这个志愿服务岗，请重新选择。");

/// <summary>Another post has the name.</summary>
public sealed record PostNameTaken() : Error("post.name_taken", ErrorKind.Conflict, "已经有同名的志愿服务岗，请换一个名称。");

/// <summary>Another post looks after the building.</summary>
public sealed record BuildingTaken() : Error("post.building_taken", ErrorKind.Conflict, "这栋楼已经有志愿服务岗负责，请换一栋或先调整那个岗位。");

/// <summary>The post has a published activity already.</summary>
public sealed record PostBusy() : Error("post.busy", ErrorKind.Conflict, "这个岗位已经有发布的常设活动，请先取消那个活动再发布。");

/// <summary>No such line of a rota.</summary>
public sealed record UnknownRotaLine() : Error("rota.unknown", ErrorKind.NotFound, "没有找到这条排班，请刷新后再试。");

/// <summary>A rota counts from today on.</summary>
public sealed record RotaDayOver() : Error("rota.day_over", ErrorKind.Conflict, "排班日期不能早于今天，请重新选择日期。");

/// <summary>Whoever is to lead isn't a member here, or nobody is named.</summary>
public sealed record LeaderUnknown() : Error("leader.unknown", ErrorKind.Conflict, "请从居民名单里选一位负责人。");

/// <summary>Somebody set a version meanwhile.</summary>
public sealed record CoinRuleVersionTaken() : Error("coin_rule.version_taken", ErrorKind.Conflict, "积分办法刚有了新版本，请刷新后再设置。");

/// <summary>Rules apply forward only.</summary>
public sealed record CoinRuleDayBad() : Error("coin_rule.day_bad", ErrorKind.Conflict, "新办法只能从明天起一年内生效，请重新选择生效日期。");

/// <summary>No rule counts on the day of a shift.</summary>
public sealed record CoinRuleMissing() : Error("coin_rule.missing", ErrorKind.Conflict, "时段那天还没有积分办法，请先设置积分办法，或改为只记时长。");

/// <summary>No such activity here, or none that may be seen.</summary>
public sealed record UnknownActivity() : Error("activity.unknown", ErrorKind.NotFound, "没有找到这个活动，请返回活动列表。");

/// <summary>It is ended, closed or cancelled.</summary>
public sealed record ActivityFinished() : Error("activity.finished", ErrorKind.Conflict, "活动或时段已经结束或取消，不能再改，可以复制一个新的。");

/// <summary>What can't be changed once people have signed up for it.</summary>
public sealed record ActivityFixed() : Error("activity.fixed", ErrorKind.Conflict, "已发布的活动不能改类型、组织单位、积分方式和审核方式，也不能减少预算；请取消后重新发布。");

/// <summary>Only a draft is published.</summary>
public sealed record NotDraft() : Error("activity.not_draft", ErrorKind.Conflict, "这个活动已经发布过，不用再发布。");

/// <summary>Only an ended activity is closed.</summary>
public sealed record NotEnded() : Error("activity.not_ended", ErrorKind.Conflict, "活动还没有全部结束，等最后一个时段结束后再办结。");

/// <summary>A shift has begun, so the whole can't be called off.</summary>
public sealed record ActivityBegun() : Error("activity.begun", ErrorKind.Conflict, "已经有时段开始，不能整个取消；请逐个取消还没开始的时段。");

/// <summary>What residents must be told is missing; the fields say what.</summary>
public sealed record ActivityIncomplete() : Error("activity.incomplete", ErrorKind.Conflict, "发布前还有内容要补充，请按提示填好。");

/// <summary>The text waits for a person's look.</summary>
public sealed record TextHeld() : Error("activity.text_held", ErrorKind.Conflict, "活动内容正在等工作人员审看，通过后才能发布。");

/// <summary>WeChat couldn't judge the new text of a published activity, and nothing unchecked is shown.</summary>
public sealed record TextUnjudged() : Error("activity.text_unjudged", ErrorKind.Conflict, "这段文字现在没法自动检查，请稍后再改，或复制成新活动请另一位同事审看。");

/// <summary>A series was made of it before.</summary>
public sealed record SeriesAlready() : Error("activity.series_already", ErrorKind.Conflict, "这个活动已经在一个系列里，请复制后再重复。");

/// <summary>A standing activity repeats by its rota.</summary>
public sealed record StandingRepeats() : Error("activity.standing_repeats", ErrorKind.Conflict, "常设岗活动按排班重复，不用复制，请修改排班。");

/// <summary>No such shift here, or not the caller's to lead.</summary>
public sealed record UnknownShift() : Error("shift.unknown", ErrorKind.NotFound, "没有找到这个时段，请返回活动重新选择。");

/// <summary>Too short, or too long for its kind.</summary>
/// <param name="LongestMinutes">The longest.</param>
public sealed record ShiftTimeBad(int LongestMinutes) : Error("shift.time_bad", ErrorKind.Invalid, $"时段要在 10 到 {LongestMinutes} 分钟之间，请修改起止时间。");

/// <summary>It has begun.</summary>
public sealed record ShiftBegun() : Error("shift.begun", ErrorKind.Conflict, "时段已经开始或时间已过，请选还没开始的时间。");

/// <summary>As many as an activity may have.</summary>
public sealed record TooManyShifts() : Error("shift.too_many", ErrorKind.Conflict, "时段或排班太多了，请另建一个活动。");

/// <summary>More people have places than there would be.</summary>
/// <param name="Taken">Places that are taken.</param>
/// <param name="TooMany">How many must be moved.</param>
public sealed record CapacityTaken(int Taken, int TooMany) : Error("shift.capacity_taken", ErrorKind.Conflict, $"已有 {Taken} 人占位，要先请 {TooMany} 人改到别的时段或取消，才能减到这个人数。");

/// <summary>People signed up have another place at the new time.</summary>
/// <param name="People">How many.</param>
public sealed record OverlapsOthers(int People) : Error("shift.overlaps_others", ErrorKind.Conflict, $"有 {People} 位已报名的居民在新时间另有安排，请换个时间，或先请他们取消。");

/// <summary>Figures come once the shift has begun.</summary>
public sealed record FiguresTooEarly() : Error("shift.figures_too_early", ErrorKind.Conflict, "时段还没开始，开始以后再填服务成效。");

/// <summary>The shift or its activity is off.</summary>
public sealed record ShiftOff() : Error("signup.shift_off", ErrorKind.Conflict, "这个时段取消了，请看看别的时段。");

/// <summary>The activity takes no more sign-ups.</summary>
public sealed record SignupClosed() : Error("signup.closed", ErrorKind.Conflict, "这个活动已经结束，请看看别的活动。");

/// <summary>The shift has begun: only the leader lets in.</summary>
public sealed record SignupBegun() : Error("signup.begun", ErrorKind.Conflict, "时段已经开始，想参加请到现场找负责人。");

/// <summary>Too late to cancel by oneself.</summary>
/// <param name="Phone">Whom to call.</param>
public sealed record CancelTooLate(string Phone) : Error("signup.cancel_too_late", ErrorKind.Conflict, $"时段已经开始，不能自己取消，请打电话给联系人 {Phone}。");

/// <summary>Somebody for whom the caller can't sign up.</summary>
public sealed record NotYourFamily() : Error("signup.not_family", ErrorKind.Conflict, "只能给自己、孩子和授权您的家人报名，请重新选人。");

/// <summary>Every place is taken.</summary>
public sealed record ShiftFull() : Error("signup.full", ErrorKind.Conflict, "名额满了，可以排候补，或看看别的时段。");

/// <summary>The waitlist is as long as it may be.</summary>
public sealed record WaitlistFull() : Error("signup.waitlist_full", ErrorKind.Conflict, "候补也排满了，请看看别的时段。");

/// <summary>No such sign-up here, or not the caller's.</summary>
public sealed record UnknownSignup() : Error("signup.unknown", ErrorKind.NotFound, "没有找到这个报名，请刷新后再看。");

/// <summary>The offer's time is over.</summary>
public sealed record OfferOver() : Error("signup.offer_over", ErrorKind.Gone, "留的时间过了，名额已经给了下一位，可以重新排候补。");

/// <summary>From where it stands it can't go there.</summary>
/// <param name="State">Where it stands, on screen.</param>
public sealed record SignupStateWrong(string State) : Error("signup.state_wrong", ErrorKind.Conflict, $"这个报名现在是“{State}”，不能这样操作，请刷新后再看。");

/// <summary>Nobody decides about their own (hard rule 5).</summary>
public sealed record OwnSignup() : Error("signup.own", ErrorKind.Conflict, "不能处理自己的报名，请另一位负责人或工作人员办理。");

/// <summary>Away from the start the waitlist goes in order.</summary>
public sealed record FillTooEarly() : Error("signup.fill_too_early", ErrorKind.Conflict, "现在按候补顺序自动通知，开始前 3 小时起才能由负责人递补。");

/// <summary>The door isn't open.</summary>
public sealed record WalkInsNotNow() : Error("signup.walk_ins_not_now", ErrorKind.Conflict, "现场加入从开始前 30 分钟到结束为止，请到时再加。");

/// <summary>Another place at the same time, wherever.</summary>
/// <param name="Name">Who.</param>
public sealed record SignupOverlap(string Name) : Error("signup.overlap", ErrorKind.Conflict, $"{Name}在这个时间已有别的报名，请先取消那一个，或换个时段。");

/// <summary>Younger than the shift wants.</summary>
/// <param name="Name">Who.</param>
/// <param name="MinAge">The youngest age.</param>
public sealed record TooYoung(string Name, int MinAge) : Error("signup.too_young", ErrorKind.Conflict, $"这个时段要满 {MinAge} 岁，{Name}还不到，请看看别的时段。");

/// <summary>An age above 18 is wanted and nobody knows the person's.</summary>
/// <param name="Name">Who.</param>
/// <param name="MinAge">The youngest age.</param>
public sealed record AgeUnknown(string Name, int MinAge) : Error("signup.age_unknown", ErrorKind.Conflict, $"这个时段要满 {MinAge} 岁，请{Name}先在“我的”里补充出生日期。");

/// <summary>A minor without a guardian on the shift.</summary>
/// <param name="Name">Who.</param>
public sealed record GuardianNeeded(string Name) : Error("signup.guardian_needed", ErrorKind.Conflict, $"{Name}需要家长陪同，请家长一起报名。");

/// <summary>Signing up is limited for a while.</summary>
/// <param name="Name">Who.</param>
/// <param name="Until">From this day on the person may again.</param>
public sealed record SignupLimited(string Name, DateOnly Until) : Error(
    "signup.limited", ErrorKind.Conflict, $"{Name}到 {Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} 前暂停报名，原因可在“我的报名”里看，有疑问请打电话给社区。");

/// <summary>The leader said no before.</summary>
public sealed record SignupRejectedBefore() : Error("signup.rejected_before", ErrorKind.Conflict, "这个时段的报名没有通过，请看看别的时段，或打电话给社区。");

/// <summary>No such member here.</summary>
public sealed record UnknownNeighbour() : Error("signup.unknown_member", ErrorKind.NotFound, "没有找到这位居民，请核对姓名或请对方先加入社区。");

/// <summary>No such limit here.</summary>
public sealed record UnknownLimit() : Error("signup.unknown_limit", ErrorKind.NotFound, "没有找到这条限制，请刷新后再看。");
