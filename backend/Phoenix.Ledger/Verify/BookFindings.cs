namespace Phoenix.Ledger.Verify;

/// <summary>Faults of what a posting claims.</summary>
internal static class BookFindings
{
    public static Finding TimeBackwards() => new("verify.time_backwards", "The stamp is before that of the posting before.", "时间早于上一笔。");

    public static Finding LinkBroken() => new(
        "verify.link_broken",
        "The linked postings of one request don't stand together, whole, with one request, input, actor and stamp.",
        "同一请求的几笔记录不完整、不相连，或请求、内容、经办、时间不一致。");

    public static Finding RequestTwice() => new("verify.request_twice", "The request was posted before: it took effect twice.", "同一请求之前已经记过账：重复生效。");

    public static Finding AccountNumber(long expected) => new("verify.account_number", $"Accounts are numbered in order: the next must be {expected}.", $"账户要按顺序编号，下一个应是 {expected}。");

    public static Finding AccountTwice() => new("verify.account_twice", "An account of this kind, owner, asset and date was opened before.", "同样的账户已经开过。");

    public static Finding AccountDate() => new("verify.account_date", "A member's lot has a date, and no other account has one.", "会员批次必须有到期日，其他账户不能有。");

    public static Finding AccountBounds() => new("verify.account_bounds", "The account is opened with a floor or ceiling it must not have.", "账户的上下限不合规定。");

    public static Finding AccountUnused(long id) => new("verify.account_unused", $"Account {id} is opened, and the posting does not use it.", $"开了账户 {id}，但这一笔没有用到。");

    public static Finding AccountUnknown(long id) => new("verify.account_unknown", $"Account {id} was never opened.", $"账户 {id} 从未开立。");

    public static Finding LegNumber() => new("verify.leg_number", "Legs are numbered 1, 2, 3 in order.", "明细没有按 1、2、3 编号。");

    public static Finding SameAccount(long n) => new("verify.same_account", $"Leg {n} goes from an account to itself.", $"明细 {n} 的转出和转入是同一账户。");

    public static Finding AssetMixed(long n) => new("verify.asset_mixed", $"Leg {n} joins accounts of two assets.", $"明细 {n} 混用了两种单位。");

    public static Finding WayClosed(long n) => new("verify.way_closed", $"Leg {n} goes a way that the closed loop does not have for this kind of posting.", $"明细 {n} 的去向违反闭环规则。");

    public static Finding BelowFloor(long n, long id) => new("verify.below_floor", $"Leg {n} takes more from account {id} than it has: an overdraft.", $"明细 {n} 使账户 {id} 透支。");

    public static Finding AboveCeiling(long n, long id) => new("verify.above_ceiling", $"Leg {n} lifts account {id} above its ceiling.", $"明细 {n} 使账户 {id} 超过上限。");

    public static Finding AfterWrong(long n) => new("verify.after_wrong", $"A balance after leg {n} is not the one that follows from the postings.", $"明细 {n} 之后的数量与账目推算不符。");

    public static Finding PrevWrong(long n) => new("verify.prev_wrong", $"Leg {n} names another posting than the last that touched the account.", $"明细 {n} 所指的上一笔不对。");

    public static Finding LotLapsed(long n) => new("verify.lot_lapsed", $"Leg {n} spends from, or puts into, a lot whose date is past.", $"明细 {n} 动用或存入了已过期的批次。");

    public static Finding LotNotLapsed() => new("verify.lot_not_lapsed", "A lot expires before its date is past.", "批次还没过期就作过期处理。");

    public static Finding LotOrder(long n) => new("verify.lot_order", $"Leg {n} spends from a lot while the member has coins that expire earlier.", $"明细 {n} 没有先用更早到期的币。");

    public static Finding LotsOfTwo() => new("verify.lots_of_two", "One spending takes lots of more than one member.", "一笔里动用了不止一人的币。");

    public static Finding LotNotEmptied() => new("verify.lot_not_emptied", "The whole lot must move, in one leg.", "批次必须一次全部转出。");

    public static Finding LotMovedWrong() => new("verify.lot_moved_wrong", "A lot is extended only into a later lot of the same member.", "延期只能转到同一人更晚到期的批次。");

    public static Finding HoldReceiver() => new("verify.hold_receiver", "The hold's receiver is no merchant's account of the same asset.", "留币的收方不是同一单位的商家账户。");

    public static Finding HoldUntil() => new("verify.hold_until", "The time limit is not later than it must be.", "留币的时限不对。");

    public static Finding HoldUnknown(long hold) => new("verify.hold_unknown", $"There is no hold {hold}.", $"没有第 {hold} 笔留币。");

    public static Finding HoldResolved(long hold) => new("verify.hold_resolved", $"Hold {hold} was captured or given back before: a second resolution.", $"第 {hold} 笔留币已经处理过：重复处理。");

    public static Finding HoldLapsed(long hold) => new("verify.hold_lapsed", $"Hold {hold} was over: it could only expire.", $"第 {hold} 笔留币已过时限，只能按过期退回。");

    public static Finding HoldNotLapsed(long hold) => new("verify.hold_not_lapsed", $"Hold {hold} was not over yet: it could not expire.", $"第 {hold} 笔留币还没到时限，不能按过期退回。");

    public static Finding HoldExtendedTwice(long hold) => new("verify.hold_extended_twice", $"Hold {hold} was extended before.", $"第 {hold} 笔留币已经延长过一次。");

    public static Finding HeldOfTwo() => new("verify.held_of_two", "One hold goes into more than one account.", "一笔留币进了不止一个账户。");

    public static Finding CaptureWrong(long hold) => new("verify.capture_wrong", $"The first leg must give the receiver of hold {hold} at most what was held.", $"首条明细应把第 {hold} 笔留币中不超过留数的部分给收方。");

    public static Finding BackWrong(long hold) => new("verify.back_wrong", $"What is left of hold {hold} does not go back to the lots it came from, in order, or to where lapsed coins go.", $"第 {hold} 笔留币剩余部分没有按原批次、原顺序退回（或按过期规则处理）。");

    public static Finding RefundNotCaptured(long hold) => new("verify.refund_not_captured", $"Hold {hold} was not captured: there is nothing to refund.", $"第 {hold} 笔留币没有兑换成功，无从退回。");

    public static Finding RefundTooMuch(long hold) => new("verify.refund_too_much", $"More of hold {hold} is refunded than was captured.", $"第 {hold} 笔退回的数量超过了兑换的数量。");

    public static Finding RefundWrong(long hold) => new("verify.refund_wrong", $"The refund of hold {hold} does not go back from its receiver to the lots, last captured first.", $"第 {hold} 笔的退回没有按规定从收方逐批退回原批次。");

    public static Finding ReverseUnknown(long target) => new("verify.reverse_unknown", $"There is no posting {target} before this one.", $"之前没有第 {target} 笔。");

    public static Finding ReverseKind(long target) => new("verify.reverse_kind", $"Posting {target} is of a kind that is not reversed.", $"第 {target} 笔不是可以更正的类型。");

    public static Finding ReverseTwice(long target) => new("verify.reverse_twice", $"Posting {target} was reversed before.", $"第 {target} 笔已经更正过。");

    public static Finding ReverseWrong(long target) => new("verify.reverse_wrong", $"The legs are not those that take posting {target} back.", $"明细不是对第 {target} 笔的更正。");

    public static Finding ShortfallWrong(long target) => new("verify.shortfall_wrong", $"The shortfall is not what was missing when posting {target} was taken back.", $"更正第 {target} 笔时的缺额不对。");

    public static Finding Frozen() => new("verify.frozen", "The posting was made while the community had frozen its kind.", "这类操作当时已被社区暂停。");
}
