using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Records.Thanking;

/// <summary>The shift has no records yet, or none here.</summary>
public sealed record NothingToThank() : Error("thanks.nothing", ErrorKind.NotFound, "这个时段还没有服务记录，等记录好了再来感谢。");

/// <summary>Who served doesn't rate it.</summary>
public sealed record ServedThemselves() : Error("thanks.served", ErrorKind.Forbidden, "自己参加服务的时段，请让接受服务的邻居来评价。");

/// <summary>One of each person for a shift.</summary>
public sealed record ThankedAlready() : Error("thanks.already", ErrorKind.Conflict, "您已经评价过这个时段了，谢谢您。");
