using Phoenix.Platform.Results;
using Phoenix.Platform.Text;

namespace Phoenix.App.Fund.Markets;

/// <summary>No such market here, or none that the caller may see.</summary>
public sealed record UnknownMarket() : Error("market.unknown", ErrorKind.NotFound, "没有找到这个集市，请返回集市列表再看。");

/// <summary>No such stall here, or none that the caller may see.</summary>
public sealed record UnknownStall() : Error("stall.unknown", ErrorKind.NotFound, "没有找到这个摊位，请返回集市页面再看。");

/// <summary>Somebody else changed the market since.</summary>
public sealed record MarketChanged() : Error("market.stale_edit", ErrorKind.Conflict, "这个集市刚被别人改过，请刷新后在最新内容上再改。");

/// <summary>Over, or cancelled: nothing of it changes any more.</summary>
public sealed record MarketFinished() : Error("market.finished", ErrorKind.Conflict, "这个集市已经收摊或取消，不能再改了。");

/// <summary>The times don't make a market.</summary>
public sealed record MarketTimesBad() : Error("market.times", ErrorKind.Invalid, "时间不对：结束要在开始之后，不超过 16 小时，开始要在以后。");

/// <summary>A person must look at its text first.</summary>
public sealed record MarketTextHeld() : Error("market.text_held", ErrorKind.Conflict, "文字还在待审，请同事在“待审内容”里看过后再开放。");

/// <summary>Fewer places than stalls that were approved.</summary>
/// <param name="Approved">How many were.</param>
public sealed record MarketTooSmall(int Approved) : Error("market.too_small", ErrorKind.Conflict, $"已经通过 {Approved} 个摊位，摊位数不能比这少。");

/// <summary>It hasn't begun.</summary>
public sealed record MarketNotBegun() : Error("market.not_begun", ErrorKind.Conflict, "集市还没开始，请开始以后再操作。");

/// <summary>It isn't closed: takings and receipts come afterwards.</summary>
public sealed record MarketNotClosed() : Error("market.not_closed", ErrorKind.Conflict, "集市还没收摊，或已经结清，现在不能登记这一项。");

/// <summary>Stalls haven't declared what they took.</summary>
/// <param name="Stalls">How many.</param>
public sealed record TakingsMissing(int Stalls) : Error("market.takings_missing", ErrorKind.Conflict, $"还有 {Stalls} 个摊位没有申报收入，请先补上再结清。");

/// <summary>Less came by receipts than was pledged.</summary>
/// <param name="PledgedFen">What was pledged.</param>
/// <param name="ReceivedFen">What came.</param>
public sealed record PledgesShort(long PledgedFen, long ReceivedFen) : Error(
    "market.pledges_short", ErrorKind.Conflict, $"摊位承诺 {Yuan.Of(PledgedFen)} 元，收据入账 {Yuan.Of(ReceivedFen)} 元。请补登收据；确实收不到的，写明原因再结清。");

/// <summary>No applications: not open, or begun.</summary>
public sealed record MarketTakesNoStalls() : Error("market.no_applications", ErrorKind.Conflict, "这个集市现在不接受摊位申请，请看看别的集市。");

/// <summary>Every place is taken.</summary>
public sealed record MarketFull() : Error("market.full", ErrorKind.Conflict, "摊位满了，不能再通过；请先增加摊位数。");

/// <summary>The applicant has as many stalls as one may have.</summary>
public sealed record TooManyStalls() : Error("stall.too_many", ErrorKind.Conflict, "您在这个集市已经有两个摊位，不能再申请了。");

/// <summary>A minor can't answer for a stall.</summary>
public sealed record StallNeedsAdult() : Error("stall.needs_adult", ErrorKind.Conflict, "未成年人摆摊要由家长来申请，请家长用自己的手机申请。");

/// <summary>The child isn't one for whom the applicant answers.</summary>
public sealed record StallChildUnknown() : Error("stall.child_unknown", ErrorKind.Conflict, "只能带自己家的孩子摆摊，请先在【家人】里添加孩子。");

/// <summary>The sign or the text has a name in it.</summary>
public sealed record StallNamesSomebody() : Error("stall.names_somebody", ErrorKind.Invalid, "摊位名称和说明里不要写孩子或家长的名字，请换个说法。");

/// <summary>Decided or withdrawn before.</summary>
public sealed record StallDecided() : Error("stall.decided", ErrorKind.Conflict, "这个摊位申请已经处理过了，请刷新看看。");

/// <summary>One's own, or the family's (hard rule 5).</summary>
public sealed record OwnStall() : Error("stall.own", ErrorKind.Forbidden, "自己和家人的摊位要请另一位同事审核。");

/// <summary>The charity's receipt for it is in the book, or waits.</summary>
public sealed record StallReceiptThere() : Error("stall.receipt_there", ErrorKind.Conflict, "这个摊位的收据已经登记，收入不能再改；有误请联系社区工作人员。");

/// <summary>Nothing was pledged, or nothing declared.</summary>
public sealed record StallWithoutPledge() : Error("stall.no_pledge", ErrorKind.Conflict, "这个摊位没有承诺捐赠，或还没申报收入，不能登记它的收据。");

/// <summary>People served are counted at 便民 booths only, and there always.</summary>
public sealed record PeopleServedMismatch() : Error("stall.people_served", ErrorKind.Invalid, "便民摊请填服务人数，家庭摊不用填。");

/// <summary>Nobody thanks themselves.</summary>
public sealed record OwnThanks() : Error("stall.own_thanks", ErrorKind.Conflict, "这是您自己的摊位，请邻居来扫码感谢吧。");
