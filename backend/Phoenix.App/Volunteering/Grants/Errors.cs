using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering;

/// <summary>Nobody proposes coins for themselves (hard rule 5).</summary>
public sealed record OwnGrant() : Error("grant.own", ErrorKind.Conflict, "不能给自己申报表扬，请另一位工作人员办理。");

/// <summary>The maker's batches of this month would go beyond the cap.</summary>
/// <param name="Left">How many coins are left this month.</param>
public sealed record GrantCapReached(long Left) : Error(
    "grant.cap_reached", ErrorKind.Conflict, $"您本月申报的表扬最多还能发 {Left} 枚，请减少数量，或请另一位工作人员申报。");

/// <summary>To whom it should go isn't a member any more.</summary>
public sealed record GrantMemberUnknown() : Error("grant.member_unknown", ErrorKind.NotFound, "没有找到这位居民，请返回名单再选一次。");

/// <summary>The same sheet was sent before and waits or was given.</summary>
public sealed record GrantSheetKnown() : Error("grant.sheet_known", ErrorKind.Conflict, "这个表格已经提交过了，请在待办里查看，不用再传。");

/// <summary>A sheet without grants, or with too many.</summary>
public sealed record GrantSheetSize() : Error(
    "grant.sheet_size", ErrorKind.Invalid, "表格里要有 1 到 200 行，请检查后分几次上传。");
