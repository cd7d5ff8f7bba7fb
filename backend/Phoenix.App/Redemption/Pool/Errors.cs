using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Pool;

/// <summary>The pool has fewer coins.</summary>
/// <param name="Left">How many it has.</param>
public sealed record PoolTooSmall(long Left) : Error("pool.too_small", ErrorKind.Conflict, $"爱心池里只有 {Left} 枚，请改一下枚数。");

/// <summary>A recipient isn't a member here, or is named twice.</summary>
public sealed record PoolRecipientUnknown() : Error("pool.recipient_unknown", ErrorKind.Conflict, "名单里有人不是本社区居民，或写了两次，请核对后再提交。");

/// <summary>Nobody gives to themselves.</summary>
public sealed record PoolGrantOwn() : Error("pool.own", ErrorKind.Conflict, "名单里有您自己，请另一位工作人员办理。");

/// <summary>The caller has no membership here, so no coins.</summary>
public sealed record PoolNotAMember() : Error("pool.not_a_member", ErrorKind.NotFound, "您还没有加入这个社区，请先加入。");
