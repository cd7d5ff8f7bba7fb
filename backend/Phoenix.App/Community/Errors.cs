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
