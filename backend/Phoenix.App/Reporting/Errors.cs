using Phoenix.Platform.Results;

namespace Phoenix.App.Reporting;

/// <summary>No month, or one that isn't on the board yet.</summary>
public sealed record BoardMonthUnknown() : Error("board.month_unknown", ErrorKind.NotFound, "这个月还没有公示。每月 3 号公布上个月的，请看已经公布的月份。");
