using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>The ticket isn't ours, is changed, or is another community's.</summary>
public sealed record TicketUnreadable() : Error("check_in.ticket_unreadable", ErrorKind.Invalid, "这次扫码没有成功，请再扫一次负责人手机上的码。");

/// <summary>The ticket's ten minutes are over.</summary>
public sealed record TicketOver() : Error("check_in.ticket_over", ErrorKind.Gone, "扫码后过了 10 分钟，请再扫一次负责人手机上的新码。");

/// <summary>The ticket was used by somebody else, or for other people.</summary>
public sealed record TicketUsed() : Error("check_in.ticket_used", ErrorKind.Conflict, "这次扫码已经用过了，请用自己的手机再扫一次。");

/// <summary>The door isn't open yet.</summary>
/// <param name="Minutes">So many minutes before the start it opens.</param>
public sealed record CheckInTooEarly(int Minutes) : Error("check_in.too_early", ErrorKind.Conflict, $"还没到签到时间，开始前 {Minutes} 分钟起可以签到。");

/// <summary>The shift is over.</summary>
public sealed record CheckInOver() : Error("check_in.over", ErrorKind.Conflict, "这个时段已经结束，请现场负责人补登记。");

/// <summary>It is too late for scans: the leader enters it.</summary>
public sealed record CheckOutOver() : Error("check_in.out_over", ErrorKind.Conflict, "离结束太久了，不能再扫码签退，请负责人登记离开时间。");

/// <summary>Nobody is checked out who wasn't checked in.</summary>
public sealed record NotCheckedIn() : Error("check_in.not_in", ErrorKind.Conflict, "这位居民还没有签到，请先签到。");

/// <summary>It is being verified, is recorded, or was found not to count.</summary>
public sealed record AttendanceSettled() : Error("check_in.settled", ErrorKind.Conflict, "这次出勤已经核过，不能再改签到时间，请走更正。");

/// <summary>Only oneself and one's children.</summary>
public sealed record NotYourChild() : Error("check_in.not_child", ErrorKind.Conflict, "只能给自己和自己的孩子签到，请取消勾选其他人。");

/// <summary>There is no sign-up, and nobody comes in just so.</summary>
public sealed record NoPlace() : Error("check_in.no_place", ErrorKind.Conflict, "还没有报上名，请现场负责人加进名单。");

/// <summary>Nobody registers their own attendance.</summary>
public sealed record OwnAttendance() : Error("check_in.own", ErrorKind.Conflict, "不能登记自己的签到，请扫码，或请另一位负责人登记。");

/// <summary>No such attendance here.</summary>
public sealed record UnknownAttendance() : Error("attendance.unknown", ErrorKind.NotFound, "没有找到这次签到，请刷新名单后再试。");

/// <summary>The shift goes on.</summary>
public sealed record ShiftNotOver() : Error("attendance.not_over", ErrorKind.Conflict, "时段还没有结束，结束后才能全部按结束时间签退。");

/// <summary>Times that can't be.</summary>
public sealed record TimesWrong() : Error("attendance.times_wrong", ErrorKind.Invalid, "时间不对：到达要早于离开，都不能晚于现在，并且要落在这个时段里。");

/// <summary>The leader may enter until two weeks after the end.</summary>
public sealed record EntryOver() : Error("attendance.entry_over", ErrorKind.Conflict, "时段结束超过 14 天，不能再补登记，请社区工作人员走更正。");

/// <summary>The shift's door isn't open: codes, keys and counts come with it.</summary>
public sealed record DoorClosed() : Error("attendance.door_closed", ErrorKind.Conflict, "现在不在签到时间里，请在开始前一天到结束后一天之间再试。");

/// <summary>The phone's scan is older than it may be.</summary>
public sealed record KeptTooLong() : Error("attendance.kept_too_long", ErrorKind.Conflict, "这条离线记录太久了，请负责人补登记。");

/// <summary>The phone says other times than the server knows.</summary>
public sealed record KeptOtherwise() : Error("attendance.kept_otherwise", ErrorKind.Conflict, "手机记的和系统里的不一样，请负责人核对后登记。");

/// <summary>No shift of the caller's takes place here now.</summary>
public sealed record NothingAtVenue() : Error("check_in.nothing_at_venue", ErrorKind.Conflict, "这个地点现在没有您报名的活动，请核对时间，或请现场负责人加进名单。");
