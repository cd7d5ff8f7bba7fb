using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Verifying.Appeals;

/// <summary>Only what stands as 没来 is appealed.</summary>
public sealed record NotANoShow() : Error("appeal.not_no_show", ErrorKind.Conflict, "这个报名没有记为没来，不用申诉，请刷新后再看。");

/// <summary>It was appealed before.</summary>
public sealed record AppealedAlready() : Error("appeal.already", ErrorKind.Conflict, "已经收到您的说明，社区会答复；还有事请打电话给社区。");

/// <summary>Too long ago.</summary>
public sealed record AppealTooLate() : Error("appeal.too_late", ErrorKind.Gone, "记为没来已经超过 30 天，请打电话给社区说明。");

/// <summary>No such appeal, or not for the caller's eyes.</summary>
public sealed record UnknownAppeal() : Error("appeal.unknown", ErrorKind.NotFound, "没有找到这条申诉，请刷新后再看。");

/// <summary>It was answered before.</summary>
public sealed record AppealAnswered() : Error("appeal.answered", ErrorKind.Conflict, "这条申诉已经答复过，请刷新后再看。");

/// <summary>Nobody answers their own appeal, nor their family's (hard rule 5).</summary>
public sealed record OwnAppeal() : Error("appeal.own", ErrorKind.Forbidden, "自己和家人的申诉要请另一位工作人员答复。");
