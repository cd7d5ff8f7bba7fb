using Phoenix.Platform.Results;

namespace Phoenix.App.Settlement;

/// <summary>No such statement, or another merchant's.</summary>
public sealed record UnknownStatement() : Error("statement.unknown", ErrorKind.NotFound, "没有找到这张对账单。");

/// <summary>A month that has no statements, or not yet.</summary>
public sealed record NoStatements() : Error("statement.none", ErrorKind.NotFound, "这个月还没有对账单，每月 1 日凌晨 2 点以后生成上个月的。");

/// <summary>No such line on the statement.</summary>
public sealed record UnknownLine() : Error("statement.line_unknown", ErrorKind.NotFound, "对账单上没有这一笔。");

/// <summary>The statement was confirmed, or its time is over.</summary>
public sealed record StatementNotOpen() : Error("statement.not_open", ErrorKind.Conflict, "这张对账单已经确认或过了确认日期，有问题请联系社区，下月更正。");

/// <summary>A doubt about the line was raised before.</summary>
public sealed record LineDisputed() : Error("statement.line_disputed", ErrorKind.Conflict, "这一笔提过疑问了，请在疑问里接着说。");

/// <summary>More doubts than a statement may have.</summary>
public sealed record TooManyDisputes() : Error("statement.too_many_disputes", ErrorKind.Conflict, "这张对账单的疑问太多了，请直接联系社区一起核对。");

/// <summary>No such doubt, or another merchant's.</summary>
public sealed record UnknownLineDispute() : Error("line_dispute.unknown", ErrorKind.NotFound, "没有找到这条疑问。");

/// <summary>The doubt was answered before.</summary>
public sealed record LineDisputeAnswered() : Error("line_dispute.answered", ErrorKind.Conflict, "这条疑问已经答复过了。");

/// <summary>More words than a doubt may have.</summary>
public sealed record TooManyWords() : Error("line_dispute.too_long", ErrorKind.Conflict, "这条疑问说得太长了，请打电话商量。");

/// <summary>Somebody of the merchant acts for the community (hard rule 5).</summary>
public sealed record OwnSettlement() : Error("settlement.own", ErrorKind.Forbidden, "这是您所在商家的账，请由其他同事办理。");

/// <summary>The correction would bring the merchant's debt below the policy's floor.</summary>
public sealed record ReceivableTooLow() : Error("settlement.receivable_too_low", ErrorKind.Conflict, "更正后商家欠款超过规定的下限，请线下收回或改小更正金额。");

/// <summary>A picture that was never uploaded here.</summary>
public sealed record EvidenceUnknown() : Error("settlement.file_unknown", ErrorKind.Invalid, "没有找到这张图片，请重新上传。");

/// <summary>No such payout.</summary>
public sealed record UnknownPayout() : Error("payout.unknown", ErrorKind.NotFound, "没有找到这个拨付批次。");

/// <summary>No such payment in the payout.</summary>
public sealed record UnknownPayment() : Error("payout.payment_unknown", ErrorKind.NotFound, "这个批次里没有这张对账单。");

/// <summary>A statement that isn't ready to be paid.</summary>
public sealed record StatementNotPayable() : Error("payout.statement_not_payable", ErrorKind.Conflict, "有对账单还没确认，或已在别的批次里，请刷新后重选。");

/// <summary>A merchant without a confirmed account.</summary>
/// <param name="Merchant">Its name.</param>
public sealed record PayeeMissing(string Merchant) : Error("payout.payee_missing", ErrorKind.Conflict, $"{Merchant}还没有核对过的收款账户，请先请商家提交并核对。");

/// <summary>The payout is further, or not so far.</summary>
public sealed record PayoutNotThere() : Error("payout.wrong_state", ErrorKind.Conflict, "这个批次现在不能这样操作，请刷新看看进度。");

/// <summary>The payment has its end.</summary>
public sealed record PaymentEnded() : Error("payout.payment_ended", ErrorKind.Conflict, "这笔付款已经登记过结果了。");

/// <summary>A day in the future on a receipt.</summary>
public sealed record PaidOnBad() : Error("payout.paid_on_bad", ErrorKind.Invalid, "付款日期不对，请填回单上的日期。");

/// <summary>The fund's book hasn't so much.</summary>
public sealed record FundCashShort() : Error("payout.fund_short", ErrorKind.Conflict, "基金账上的钱不够这些付款，请先登记到账资金。");

/// <summary>Payments without an end.</summary>
public sealed record PaymentsOpen() : Error("payout.payments_open", ErrorKind.Conflict, "还有付款没登记结果，登记完再结清。");

/// <summary>More scans than a payout may have.</summary>
public sealed record TooManyPapers() : Error("payout.too_many_papers", ErrorKind.Conflict, "这个批次的扫描件太多了，请整理后再传。");

/// <summary>The Chinese font isn't installed beside the program: no broken PDF is made.</summary>
public sealed record PaperUnprintable() : Error("settlement.font_missing", ErrorKind.Unavailable, "现在打印不出来，请稍后再试，或下载表格。");
