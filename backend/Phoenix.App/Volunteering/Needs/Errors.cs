using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>No such need here, or not for the caller's eyes.</summary>
public sealed record UnknownNeed() : Error("need.unknown", ErrorKind.NotFound, "没有找到这条求助，请返回“我的求助”再看。");

/// <summary>Somebody for whom the caller can't ask.</summary>
public sealed record NeedNotFamily() : Error("need.not_family", ErrorKind.Conflict, "只能替自己、孩子和授权您的家人求助；别的邻居有难处，请打电话给社区。");

/// <summary>A minor's guardian asks.</summary>
public sealed record NeedNeedsGuardian() : Error("need.needs_guardian", ErrorKind.Conflict, "未成年人请让家长用自己的手机来求助；有危险马上打 110 或 120。");

/// <summary>Staff's form wants a member who is here.</summary>
public sealed record NeedMemberUnknown() : Error("need.member_unknown", ErrorKind.Conflict, "没有找到这位居民，请先登记这位老人或从居民名单里选。");

/// <summary>As many are open as may be.</summary>
public sealed record TooManyNeeds() : Error("need.too_many_open", ErrorKind.Conflict, "已经有三条求助在办，请等办好一条再提；急事请打电话给社区。");

/// <summary>As many were raised today as may be.</summary>
public sealed record TooManyNeedsToday() : Error("need.too_many_today", ErrorKind.Conflict, "今天提得够多了，请明天再提；急事请打电话给社区。");

/// <summary>From where it stands it can't go there.</summary>
/// <param name="State">Where it stands, on screen.</param>
public sealed record NeedStateWrong(string State) : Error("need.state_wrong", ErrorKind.Conflict, $"这条求助现在是“{State}”，不能这样操作，请刷新后再看。");

/// <summary>One's own, or the family's (hard rule 5).</summary>
public sealed record OwnNeed() : Error("need.own", ErrorKind.Forbidden, "自己和家人的求助要请另一位同事办理。");

/// <summary>Whom the need helps, or who raised it, would serve themselves.</summary>
/// <param name="Name">Who.</param>
public sealed record ServesThemselves(string Name) : Error("need.serves_themselves", ErrorKind.Conflict, $"这个时段就是帮{Name}家的，{Name}不用报名，请把机会留给别的邻居。");

/// <summary>The shift has the person whom it would help among its volunteers.</summary>
public sealed record HelpedAmongVolunteers() : Error("need.helped_among_volunteers", ErrorKind.Conflict, "求助的人已经报了这个时段，不能自己帮自己，请换一个时段或先请对方取消。");

/// <summary>Its shift hasn't begun.</summary>
public sealed record NeedNotBegun() : Error("need.not_begun", ErrorKind.Conflict, "约好的时间还没到，等志愿者来过以后再点。");

/// <summary>Who served doesn't thank themselves.</summary>
public sealed record OwnNeedThanks() : Error("need.own_thanks", ErrorKind.Forbidden, "您是来帮忙的志愿者，请让求助的人来扫码。");
