using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Offers;

/// <summary>No such offer here, or not one of the caller's.</summary>
public sealed record UnknownOffer() : Error("offer.unknown", ErrorKind.NotFound, "没有找到这个兑换项目，请返回列表再选一次。");

/// <summary>A version waits for staff.</summary>
public sealed record OfferWaits() : Error("offer.waits", ErrorKind.Conflict, "这个项目还有一次修改在等社区审核，请等审核后再改。");

/// <summary>As many offers as a merchant may have.</summary>
public sealed record TooManyOffers() : Error("offer.too_many", ErrorKind.Conflict, "兑换项目太多了，请先结束不用的项目，再提交新的。");

/// <summary>The offer has ended for good.</summary>
public sealed record OfferEnded() : Error("offer.ended", ErrorKind.Conflict, "这个项目已经结束了，请提交一个新项目。");

/// <summary>A text names an amount of money outside of 到店另付.</summary>
public sealed record OfferNamesMoney() : Error("offer.names_money", ErrorKind.Invalid, "名称和说明里不能写金额，需要到店付的请写在“到店另付”里。");

/// <summary>The picture isn't one of the community's files.</summary>
public sealed record OfferPictureUnknown() : Error("offer.picture_unknown", ErrorKind.Invalid, "没有找到这张图片，请重新上传。");

/// <summary>Only an offer that can be exchanged is pinned.</summary>
public sealed record OfferNotActive() : Error("offer.not_active", ErrorKind.Conflict, "这个项目现在不能兑换，请看看别的。");

/// <summary>The offer changed since the page was made.</summary>
public sealed record OfferChanged() : Error("offer.changed", ErrorKind.Conflict, "这个项目刚刚改过，请看一下新的内容再换。");

/// <summary>Not on this day, or the hours are over or not begun.</summary>
public sealed record OfferClosed() : Error("offer.closed", ErrorKind.Conflict, "现在不在兑换时间里，请看好日期和时间再来。");

/// <summary>Nothing is left.</summary>
public sealed record OfferSoldOut() : Error("offer.sold_out", ErrorKind.Conflict, "今天的份数换完了，明天再来，或看看别的。");

/// <summary>The person had as many as one may have.</summary>
public sealed record OfferLimitReached() : Error("offer.limit_reached", ErrorKind.Conflict, "您这段时间的份数已经换够了，过些天再来，或看看别的。");

/// <summary>More at once than the offer allows.</summary>
/// <param name="Most">The most at once.</param>
public sealed record OfferQuantityTooLarge(int Most) : Error("offer.quantity_too_large", ErrorKind.Conflict, $"一次最多换 {Most} 份，请改一下份数。");
