using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;

namespace Phoenix.Ledger;

/// <summary>No journal was opened for this community.</summary>
public sealed record UnknownCommunity() : Error("ledger.unknown_community", ErrorKind.NotFound, "没有找到这个社区的账本。");

/// <summary>An amount is zero, negative or above the limit.</summary>
public sealed record InvalidAmount() : Error("ledger.invalid_amount", ErrorKind.Invalid, "数量不对，请填写大于零的整数。");

/// <summary>A request without postings, a move without legs, or an unknown command.</summary>
public sealed record NothingToPost() : Error("ledger.nothing_to_post", ErrorKind.Invalid, "这次操作没有内容。");

/// <summary>More linked postings than allowed.</summary>
public sealed record TooManyPostings() : Error("ledger.too_many_postings", ErrorKind.Invalid, "一次提交的笔数太多，请分几次提交。");

/// <summary>More legs than allowed.</summary>
public sealed record TooManyLegs() : Error("ledger.too_many_legs", ErrorKind.Invalid, "一笔里的明细太多，请分成几笔。");

/// <summary>More counters than allowed, or a malformed one.</summary>
public sealed record InvalidCounter() : Error("ledger.invalid_counter", ErrorKind.Invalid, "限额设置不对，请联系社区工作人员。");

/// <summary>A reason above the limit.</summary>
public sealed record ReasonTooLong() : Error("ledger.reason_too_long", ErrorKind.Invalid, "说明太长了，请控制在 200 字以内。");

/// <summary>A reason with characters that can't be kept.</summary>
public sealed record InvalidReason() : Error("ledger.invalid_reason", ErrorKind.Invalid, "说明里有不能保存的字符，请重新填写。");

/// <summary>A reference, rule or route that is too long or has other characters than allowed.</summary>
public sealed record InvalidReference() : Error("ledger.invalid_reference", ErrorKind.Invalid, "关联编号的格式不对。");

/// <summary>The empty request id.</summary>
public sealed record InvalidRequestId() : Error("ledger.invalid_request_id", ErrorKind.Invalid, "请求编号不对，请退出后重试。");

/// <summary>An account name that can't be: a lot without a date, a date where none belongs, an unknown kind.</summary>
public sealed record InvalidAccount() : Error("ledger.invalid_account", ErrorKind.Invalid, "账户信息不对，请联系社区工作人员。");

/// <summary>The account units should leave doesn't exist in this community.</summary>
public sealed record UnknownAccount() : Error("ledger.unknown_account", ErrorKind.NotFound, "没有找到这个账户。");

/// <summary>The account is there already.</summary>
public sealed record AccountExists() : Error("ledger.account_exists", ErrorKind.Conflict, "这个账户已经有了，不用再开。");

/// <summary>A floor above zero, a ceiling below zero, or a floor below the limit.</summary>
public sealed record InvalidBounds() : Error("ledger.invalid_bounds", ErrorKind.Invalid, "账户的上下限不对。");

/// <summary>A leg from an account to itself.</summary>
public sealed record SameAccount() : Error("ledger.same_account", ErrorKind.Invalid, "转出和转入不能是同一个账户。");

/// <summary>A leg between two assets.</summary>
public sealed record MixedAssets() : Error("ledger.mixed_assets", ErrorKind.Invalid, "一笔里不能混用两种单位。");

/// <summary>The closed loop has no such way (product.md hard rule 4).</summary>
public sealed record RouteNotAllowed() : Error("ledger.route_not_allowed", ErrorKind.Forbidden, "凤凰币不能这样转移。");

/// <summary>The balance would fall below the floor.</summary>
/// <param name="Missing">How many units are missing.</param>
public sealed record Insufficient(long Missing) : Error("ledger.insufficient", ErrorKind.Conflict, $"还差 {Missing} 枚。看看能换的，或打电话问社区。");

/// <summary>The balance would rise above the ceiling.</summary>
public sealed record CeilingReached() : Error("ledger.ceiling_reached", ErrorKind.Conflict, "对方账户已到上限，这笔没有办成。");

/// <summary>The balance would leave what 64 bits hold safely.</summary>
public sealed record BalanceOverflow() : Error("ledger.overflow", ErrorKind.Conflict, "数量太大，账户记不下了。");

/// <summary>Issuing is frozen.</summary>
public sealed record IssueFrozen() : Error("ledger.issue_frozen", ErrorKind.Conflict, "社区暂停发放凤凰币，这次什么都没有记；请等恢复发放后再办。");

/// <summary>Redeeming is frozen.</summary>
public sealed record RedeemFrozen() : Error("ledger.redeem_frozen", ErrorKind.Conflict, "社区暂停兑换，您的币都在，恢复后可以接着用。");

/// <summary>There is no such hold in this community.</summary>
public sealed record UnknownHold() : Error("ledger.unknown_hold", ErrorKind.NotFound, "没有找到这次兑换。");

/// <summary>The hold was resolved before.</summary>
/// <param name="By">How: Capture, Release or ExpireHold.</param>
public sealed record HoldResolved(PostingKind By) : Error(
    "ledger.hold_resolved",
    ErrorKind.Conflict,
    By switch { PostingKind.Capture => "这次兑换已经完成了。", PostingKind.ExpireHold => "留的时间过了，币已退回，可以重新换。", _ => "这次兑换已经退回了。" });

/// <summary>The hold's time is over: it can only expire.</summary>
public sealed record HoldLapsed() : Error("ledger.hold_lapsed", ErrorKind.Conflict, "留的时间过了，币会自动退回，可以重新换。");

/// <summary>The hold's time is not over: it can't expire yet.</summary>
public sealed record HoldNotLapsed() : Error("ledger.hold_not_lapsed", ErrorKind.Conflict, "还在留的时间里，不能按过期处理。");

/// <summary>The hold was extended before.</summary>
public sealed record HoldAlreadyExtended() : Error("ledger.hold_already_extended", ErrorKind.Conflict, "已经延长过一次，不能再延了。");

/// <summary>A time limit that is past, too far ahead, or not later than the present one.</summary>
public sealed record InvalidExpiry() : Error("ledger.invalid_expiry", ErrorKind.Invalid, "有效期不对，请重新选择。");

/// <summary>More than the hold holds.</summary>
public sealed record CaptureTooMuch() : Error("ledger.capture_too_much", ErrorKind.Conflict, "兑换的数量超过了留着的数量。");

/// <summary>A refund of a hold that was not captured.</summary>
public sealed record NotCaptured() : Error("ledger.not_captured", ErrorKind.Conflict, "这次兑换还没有完成，不用退。");

/// <summary>More than what was captured and not refunded.</summary>
/// <param name="Left">How many units can still be refunded.</param>
public sealed record RefundTooMuch(long Left) : Error("ledger.refund_too_much", ErrorKind.Conflict, $"最多还能退 {Left} 枚。");

/// <summary>There is no such posting in this community.</summary>
public sealed record UnknownPosting() : Error("ledger.unknown_posting", ErrorKind.NotFound, "没有找到这笔记录。");

/// <summary>The posting was reversed before.</summary>
/// <param name="By">The reversal's seq.</param>
public sealed record AlreadyReversed(long By) : Error("ledger.already_reversed", ErrorKind.Conflict, "这笔已经更正过了。");

/// <summary>This kind of posting is corrected otherwise: a capture by a refund, an expiry not at all.</summary>
public sealed record NotReversible() : Error("ledger.not_reversible", ErrorKind.Conflict, "这类记录不能直接更正。");

/// <summary>Coins would go into, or be moved out of, a lot whose date is past.</summary>
public sealed record LotLapsed() : Error("ledger.lot_lapsed", ErrorKind.Conflict, "这批币已经过了有效期。");

/// <summary>The lot's date is not past.</summary>
public sealed record LotNotLapsed() : Error("ledger.lot_not_lapsed", ErrorKind.Conflict, "这批币还在有效期内。");

/// <summary>Nothing is left in the lot.</summary>
public sealed record LotEmpty() : Error("ledger.lot_empty", ErrorKind.Conflict, "这批币已经用完了。");

/// <summary>The stock or limit is used up.</summary>
/// <param name="Counter">The counter's key.</param>
/// <param name="Left">How much is left.</param>
public sealed record CounterFull(string Counter, long Left) : Error("ledger.counter_full", ErrorKind.Conflict, $"名额或数量不够了，还剩 {Left}。");

/// <summary>More would be given back than was used.</summary>
/// <param name="Counter">The counter's key.</param>
public sealed record CounterEmpty(string Counter) : Error("ledger.counter_empty", ErrorKind.Conflict, "退回的数量超过了已用的数量。");

/// <summary>A grace above the limit or below zero.</summary>
public sealed record InvalidPolicy() : Error("ledger.invalid_policy", ErrorKind.Invalid, "宽限天数不对，请重新填写。");

/// <summary>The request id was used before, with other input.</summary>
public sealed record RequestReused() : Error("ledger.request_reused", ErrorKind.Conflict, "这个请求编号已用在另一笔上，请返回后重新操作。");

/// <summary>Two requests with one id in one call of <c>PostIn</c>, or an attachment nobody takes.</summary>
public sealed record InvalidAttachment() : Error("ledger.invalid_attachment", ErrorKind.Invalid, "这次操作的附带内容没有人处理。");

/// <summary>The account has moved more often than one answer can replay.</summary>
public sealed record HistoryTooLong() : Error("ledger.history_too_long", ErrorKind.Conflict, "这个账户的记录太多，请按时间分段查看。");
