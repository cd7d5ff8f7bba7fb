using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Records.Corrections;

/// <summary>No such question, or not for the caller's eyes.</summary>
public sealed record UnknownCorrection() : Error("correction.unknown", ErrorKind.NotFound, "没有找到这个更正申请，请返回列表刷新。");

/// <summary>A question about the record waits already.</summary>
public sealed record CorrectionWaiting() : Error("correction.waiting", ErrorKind.Conflict, "这条记录已有一个更正申请在等答复，请先等社区答复。");

/// <summary>Too many questions of the person wait.</summary>
public sealed record TooManyCorrections() : Error("correction.too_many", ErrorKind.TooMany, "等答复的申请太多了，请先等社区答复，或打电话给社区。");

/// <summary>It was answered or withdrawn.</summary>
public sealed record CorrectionEnded() : Error("correction.ended", ErrorKind.Conflict, "这个更正申请已经办完了，请刷新看结果。");

/// <summary>Nobody answers their own question, nor one about their own record (hard rule 5).</summary>
public sealed record OwnCorrection() : Error("correction.own", ErrorKind.Forbidden, "自己提的或自己的更正申请，要请别的工作人员答复。");

/// <summary>An approval that changes nothing.</summary>
public sealed record NothingToCorrect() : Error("correction.nothing", ErrorKind.Invalid, "没有要改的内容：请填写要改的项，或选择不更正并说明原因。");

/// <summary>A missing record is written by the leader's way, not by an answer.</summary>
public sealed record NoRecordToCorrect() : Error("correction.no_record", ErrorKind.Invalid, "这个申请是说缺了记录：请先补录，再在这里说明。");
