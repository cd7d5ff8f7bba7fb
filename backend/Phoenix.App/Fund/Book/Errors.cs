using Phoenix.Platform.Results;
using Phoenix.Platform.Text;

namespace Phoenix.App.Fund.Book;

/// <summary>No such entry here.</summary>
public sealed record UnknownFundEntry() : Error("fund.entry_unknown", ErrorKind.NotFound, "没有找到这笔账，请返回基金账本再看。");

/// <summary>The evidence isn't one of the community's pictures.</summary>
public sealed record EvidenceMissing() : Error("fund.evidence_missing", ErrorKind.Invalid, "没有找到凭据图片，请重新上传收据或回单。");

/// <summary>This receipt is in the book.</summary>
public sealed record ReceiptEntered() : Error("fund.receipt_entered", ErrorKind.Conflict, "这张收据已经入账了，不用再登记；登记错了请先冲正。");

/// <summary>A receipt from a day that hasn't come.</summary>
public sealed record ReceiptFromLater() : Error("fund.receipt_from_later", ErrorKind.Invalid, "收据日期还没到，请核对收据上的日期。");

/// <summary>The entry was taken back before, or is a correction itself.</summary>
public sealed record EntryCorrected() : Error("fund.entry_corrected", ErrorKind.Conflict, "这笔账已经冲正，或本身就是冲正，不能再冲。");

/// <summary>The entry isn't in the book: nobody approved it.</summary>
public sealed record EntryNotPosted() : Error("fund.entry_not_posted", ErrorKind.Conflict, "这笔账还没有入账，请在待复核里撤回或退回。");

/// <summary>The fund would fall below zero.</summary>
/// <param name="CashFen">What is in it.</param>
public sealed record FundCashShort(long CashFen) : Error("fund.cash_short", ErrorKind.Conflict, $"基金里只有 {Yuan.Of(CashFen)} 元，不够扣这一笔。请核对金额，或先登记入账。");

/// <summary>No month, or none that the book has.</summary>
public sealed record BadFundMonth() : Error("fund.bad_month", ErrorKind.Invalid, "月份不对，请按 2026-11 的样子填写。");
