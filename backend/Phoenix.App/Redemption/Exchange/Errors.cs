using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>No such exchange here, or not one of the caller's.</summary>
public sealed record UnknownRedemption() : Error("redemption.unknown", ErrorKind.NotFound, "没有找到这次兑换，请刷新后再看。");

/// <summary>Nobody exchanges their own coins at their own till alone.</summary>
public sealed record OwnRedemption() : Error("redemption.own", ErrorKind.Conflict, "自己的兑换不能自己确认，请另一位店员来点。");

/// <summary>The member must say yes on the phone first.</summary>
public sealed record AwaitsMember() : Error("redemption.awaits_member", ErrorKind.Conflict, "这次枚数多，请居民先在手机上点确认，再点已给。");

/// <summary>It is over, one way or the other.</summary>
public sealed record RedemptionOver() : Error("redemption.over", ErrorKind.Conflict, "这次兑换已经办完了，请看兑换记录。");

/// <summary>The community paused exchanging.</summary>
/// <param name="Reason">The reason that staff gave.</param>
public sealed record RedeemingPaused(string Reason) : Error("redemption.paused", ErrorKind.Conflict, $"社区暂停兑换：{Reason.TrimEnd('。')}。您的币都在，恢复后可以接着用。");

/// <summary>Cards spend only so much in a day.</summary>
public sealed record CardLimitReached() : Error("redemption.card_limit", ErrorKind.Conflict, "这张卡今天的枚数用完了，明天再来，或到社区办理。");

/// <summary>Under the lock things were other than before it: to be tried again with fresh eyes.</summary>
internal sealed record StaleGuess() : Error("redemption.stale", ErrorKind.Conflict, "刚刚有变动，请再点一次。");

/// <summary>The caller has no membership here, so no coins.</summary>
public sealed record NotAMember() : Error("redemption.not_a_member", ErrorKind.NotFound, "您还没有加入这个社区，请先加入。");

/// <summary>The merchant pinned no offer, and the clerk chose none.</summary>
public sealed record NothingPinned() : Error("till.nothing_pinned", ErrorKind.Conflict, "还没有选定今天的项目，请先选一个项目再扫码。");

/// <summary>The witness isn't a volunteer here, or is the clerk or the elder.</summary>
public sealed record WitnessUnfit() : Error("till.witness_unfit", ErrorKind.Conflict, "见证人要是另一位志愿者，请核对志愿者编号。");

/// <summary>The ten seconds are over, or something went back already.</summary>
public sealed record UndoLate() : Error("redemption.undo_late", ErrorKind.Conflict, "超过 10 秒不能撤销了，请点退回，写明原因。");

/// <summary>The merchant's coins are settled and no later ones cover the refund.</summary>
public sealed record RefundUncovered() : Error("redemption.refund_uncovered", ErrorKind.Conflict, "这笔已经结算，商家后面还没有新的兑换可以抵，请联系社区工作人员。");

/// <summary>Not captured, or longer than 30 days ago.</summary>
public sealed record NotDisputable() : Error("dispute.not_possible", ErrorKind.Conflict, "只有 30 天内换好的兑换可以提疑问，其他请打电话问社区。");

/// <summary>A dispute about the exchange waits.</summary>
public sealed record DisputeWaits() : Error("dispute.waits", ErrorKind.Conflict, "这次兑换的疑问已经提交，请等社区答复。");

/// <summary>No such dispute here.</summary>
public sealed record UnknownDispute() : Error("dispute.unknown", ErrorKind.NotFound, "没有找到这条疑问，请刷新后再看。");

/// <summary>It was answered.</summary>
public sealed record DisputeAnsweredBefore() : Error("dispute.answered", ErrorKind.Conflict, "这条疑问已经答复过了，请刷新后再看。");

/// <summary>Nobody answers their own dispute, or one about their own shop.</summary>
public sealed record DisputeOwn() : Error("dispute.own", ErrorKind.Conflict, "这条疑问和您有关，请另一位工作人员答复。");

/// <summary>No such finding here.</summary>
public sealed record UnknownFlag() : Error("redemption_flag.unknown", ErrorKind.NotFound, "没有找到这条提示，请刷新后再看。");

/// <summary>It was looked at.</summary>
public sealed record FlagReviewed() : Error("redemption_flag.reviewed", ErrorKind.Conflict, "这条提示已经处理过了，请刷新后再看。");
