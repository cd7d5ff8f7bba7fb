using Phoenix.Platform.Results;

namespace Phoenix.App.Http;

// Refusals of the front door itself: before or around any module's own.

/// <summary>The body isn't JSON.</summary>
public sealed record BrokenJson() : Error("request.broken_json", ErrorKind.Invalid, "请求内容不完整，请重试。");

/// <summary>The body has a field that this address doesn't know.</summary>
public sealed record UnknownField() : Error("request.unknown_field", ErrorKind.Invalid, "请求里有不认识的内容，请更新小程序后再试。");

/// <summary>A field is missing, null or of the wrong type.</summary>
public sealed record WrongType() : Error("request.wrong_type", ErrorKind.Invalid, "有一项没填或填得不对，请检查后再试。");

/// <summary>A body is needed and there is none.</summary>
public sealed record BodyMissing() : Error("request.body_missing", ErrorKind.Invalid, "请求没有内容，请重试。");

/// <summary>A part of the address or query can't be read.</summary>
public sealed record BadParameter() : Error("request.bad_parameter", ErrorKind.Invalid, "地址里有一项不对，请返回上一页再试。");

/// <summary>Fields break stated limits; <see cref="Error.Fields"/> says which.</summary>
public sealed record InvalidFields() : Error("request.invalid", ErrorKind.Invalid, "有的内容填得不对，请按提示改好再提交。");

/// <summary>Anything else wrong with the request as HTTP.</summary>
public sealed record BadRequest() : Error("request.bad", ErrorKind.Invalid, "请求不对，请更新小程序后再试。");

/// <summary>More bytes than this address takes.</summary>
public sealed record BodyTooLarge() : Error("request.too_large", ErrorKind.TooLarge, "内容太大了，请减少一些再提交。");

/// <summary>A content type that this address doesn't take.</summary>
public sealed record UnsupportedContent() : Error("request.unsupported_type", ErrorKind.UnsupportedType, "不支持这种格式，请换一种再试。");

/// <summary>No such address.</summary>
public sealed record UnknownRoute() : Error("route.unknown", ErrorKind.NotFound, "没有这个页面，请返回首页。");

/// <summary>The address exists, but not with this method.</summary>
public sealed record WrongMethod() : Error("route.method", ErrorKind.MethodNotAllowed, "不能这样操作，请更新小程序后再试。");

/// <summary>A request through a proxy to a host that runs the WeChat simulator, which is for this machine only.</summary>
public sealed record ForwardedToSimulator() : Error("system.simulator_is_local", ErrorKind.Forbidden, "这是演示系统，只能在本机打开。");

/// <summary>Nobody is signed in.</summary>
public sealed record SignInNeeded() : Error("auth.required", ErrorKind.Unauthenticated, "请先登录。");

/// <summary>The access token is unreadable, expired or signed by nobody we know, or its session was ended.</summary>
public sealed record TokenRefused() : Error("auth.token_refused", ErrorKind.Unauthenticated, "登录已过期，请重新登录。");

/// <summary>The caller has none of the roles that this address asks for.</summary>
public sealed record RoleNeeded() : Error("auth.role_needed", ErrorKind.Forbidden, "您没有这项权限，如需办理请联系社区工作人员。");

/// <summary>No such community.</summary>
public sealed record UnknownCommunity() : Error("community.unknown", ErrorKind.NotFound, "没有找到这个社区，请重新选择社区。");

/// <summary>An unsafe call without a request id, or with one that is no UUID.</summary>
public sealed record RequestIdMissing() : Error("request.id_missing", ErrorKind.Invalid, "请求缺少编号，请更新小程序后再试。");

/// <summary>The request id was used before, with other input, by another caller or at another address.</summary>
public sealed record RequestIdReused() : Error("request.id_reused", ErrorKind.Conflict, "这个请求编号已经用过，请返回上一页重新操作。");

/// <summary>A page cursor that we didn't make, or a page size outside 1 to 100.</summary>
public sealed record BadPage() : Error("page.bad", ErrorKind.Invalid, "这一页打不开了，请从第一页重新看。");

/// <summary>Too many requests in a short time.</summary>
public sealed record TooManyRequests() : Error("limit.reached", ErrorKind.TooMany, "操作太快了，请稍等一会儿再试。");

/// <summary>The database can't be reached, is busy, or isn't migrated: nothing was done.</summary>
public sealed record DatabaseAway() : Error("system.database_away", ErrorKind.Unavailable, "系统正在维护，您的操作没有生效，请稍后再试。");

/// <summary>The database takes no writes now, or its disk is full: reading goes on, nothing was done.</summary>
public sealed record DatabaseReadOnly() : Error("system.read_only", ErrorKind.Unavailable, "系统暂时只能查看，您的操作没有生效，请稍后再试。");

/// <summary>The caller went away before the answer was ready. Written for the log; nobody reads it.</summary>
public sealed record CallerGone() : Error("request.cancelled", ErrorKind.Cancelled, "请求已取消。");

/// <summary>A mistake of ours; the trace id finds it in the logs.</summary>
public sealed record Bug() : Error("system.bug", ErrorKind.Bug, "系统出错了，我们已记录，请稍后再试或打电话给社区。");
