using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Records;

/// <summary>Nobody writes, voids or corrects their own record (hard rule 5).</summary>
public sealed record OwnRecord() : Error("record.own", ErrorKind.Forbidden, "自己的服务记录要请别的工作人员办理。");

/// <summary>A minute counts once per person, in all communities (hard rule 9).</summary>
public sealed record MinuteCountedAlready() : Error("record.minute_counted", ErrorKind.Conflict, "这段时间已经记过服务时长，同一时间只记一次，请核对时间。");

/// <summary>The attendance has its record.</summary>
public sealed record AlreadyRecorded() : Error("record.already", ErrorKind.Conflict, "这次签到已经有服务记录了，要改请走更正。");

/// <summary>No such record, or not for the caller's eyes.</summary>
public sealed record UnknownRecord() : Error("record.unknown", ErrorKind.NotFound, "没有找到这条服务记录，请返回列表刷新。");

/// <summary>The record was voided.</summary>
public sealed record RecordVoided() : Error("record.voided", ErrorKind.Conflict, "这条服务记录已经作废，不能再改。");

/// <summary>A year or a day that can't be read, or a span that is too long.</summary>
public sealed record BadRecordSpan() : Error("record.bad_span", ErrorKind.Invalid, "日期范围不对，请选一年以内的日期。");

/// <summary>Minutes that aren't a multiple of 5, don't fit between start and end, or lie in the future.</summary>
public sealed record BadMinutes() : Error("record.bad_minutes", ErrorKind.Invalid, "时长不对：按 5 分钟取整，不能超过起止时间，也不能晚于现在，请核对。");

/// <summary>No such unit here, or not one that the caller speaks for.</summary>
public sealed record UnknownUnitOfHours() : Error("unit_hours.unknown", ErrorKind.NotFound, "没有找到这个单位，请返回重新选择。");
