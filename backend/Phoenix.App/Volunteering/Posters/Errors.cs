using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Posters;

/// <summary>Nobody can sign up for it: it isn't published, or no shift of it is to come.</summary>
public sealed record NothingToAnnounce() : Error("poster.nothing", ErrorKind.Conflict, "这个活动没有发布，或没有接下来的时段，不用贴海报；请先发布活动。");

/// <summary>The Chinese font isn't installed beside the program: no broken PDF is made.</summary>
public sealed record PosterUnprintable() : Error("poster.unprintable", ErrorKind.Unavailable, "海报暂时打印不出来，请先用活动的小程序码，或稍后再试。");
