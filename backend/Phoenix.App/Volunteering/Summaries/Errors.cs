using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Summaries;

/// <summary>Nothing was published about it, or it waits for a look.</summary>
public sealed record UnknownSummary() : Error("summary.unknown", ErrorKind.NotFound, "这个活动还没有公开小结，请过几天再来看。");

/// <summary>A shift is still to come or goes on.</summary>
public sealed record SummaryTooEarly() : Error("summary.too_early", ErrorKind.Conflict, "活动还没有全部结束，等最后一个时段结束后再看小结。");

/// <summary>A standing activity has no end to sum up at.</summary>
public sealed record SummaryOfStanding() : Error("summary.standing", ErrorKind.Conflict, "常设岗一直在进行，不做活动小结；每个时段的成效请在时段里看。");

/// <summary>It is a draft, was cancelled, or every shift of it was.</summary>
public sealed record SummaryOfNothing() : Error("summary.nothing_held", ErrorKind.Conflict, "这个活动没有开展过的时段，不用写小结。");

/// <summary>Nothing of it is public.</summary>
public sealed record SummaryNotPublished() : Error("summary.not_published", ErrorKind.Conflict, "小结现在没有公开，不用撤回，请刷新后再看。");

/// <summary>The Chinese font isn't installed beside the program: no broken PDF is made.</summary>
public sealed record SummaryUnprintable() : Error("summary.unprintable", ErrorKind.Unavailable, "小结暂时打印不出来，请先复制文字，或稍后再试。");
