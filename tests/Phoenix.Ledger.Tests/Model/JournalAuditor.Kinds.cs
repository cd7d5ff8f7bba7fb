using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Journal;
using System.Globalization;

namespace Phoenix.Ledger.Tests.Model;

/// <summary>The rules of each kind of posting.</summary>
internal sealed partial class JournalAuditor
{
    private (string, string)? CheckKind()
    {
        var kind = _posting.Kind;
        if (_issueFrozen && kind is (PostingKind.Issue or PostingKind.Grant))
            return ("journal.frozen", "发放已暂停，却记了发放。");
        if (_redeemFrozen && kind is (PostingKind.Hold or PostingKind.Capture))
            return ("journal.frozen", "兑换已暂停，却记了兑换。");
        return kind switch
        {
            PostingKind.Hold => CheckHold(),
            PostingKind.Capture or PostingKind.Release or PostingKind.ExpireHold => CheckResolution(),
            PostingKind.Extend => CheckExtend(),
            PostingKind.Refund => CheckRefund(),
            PostingKind.Reverse => CheckReverse(),
            PostingKind.ExpireLot or PostingKind.ExtendLot => CheckLot(),
            PostingKind.Open => _posting.Opened.Count == 1 ? null : ("journal.account", "开户记录里应当正好有一个账户。"),
            PostingKind.Policy => CheckPolicy(),
            _ => CheckMove(),
        };
    }

    private (string, string)? CheckMove()
    {
        if (_posting.Legs.Count == 0)
            return ("journal.legs", "缺少应有的明细。");
        while (_leg < _posting.Legs.Count)
        {
            var leg = _posting.Legs[_leg];
            if (_accounts.TryGetValue(leg.From, out var from) && from.Key.Kind == AccountKind.Member && CheckSpend(from, leg.Amount) is { } early)
                return early;
            if (_accounts.TryGetValue(leg.To, out var to) && to.Key.Kind == AccountKind.Member && IsLapsed(to))
                return ("journal.lot", "币进了已过期的一批。");
            if (ApplyLeg() is { } fault)
                return fault;
        }

        return null;
    }

    private (string, string)? CheckSpend(AuditAccount lot, long amount)
    {
        if (IsLapsed(lot))
            return ("journal.lot", "用了已过期的币。");
        foreach (var other in LotsOf(lot))
            if (other != lot && other.Key.ExpiresOn < lot.Key.ExpiresOn && other.Balance > 0 && !IsLapsed(other))
                return ("journal.lot", "没有先用最早到期的币。");
        return amount > lot.Balance ? ("journal.bounds", "余数超出了账户的上下限。") : null;
    }

    private (string, string)? CheckHold()
    {
        if (!_accounts.TryGetValue(_posting.Subject, out var receiver) || receiver.Key.Kind != AccountKind.Merchant || _posting.UntilMs <= _posting.AtMs || _posting.Legs.Count == 0)
            return ("journal.hold", "留币的对象或时限不对。");
        var owner = _accounts.GetValueOrDefault(_posting.Legs[0].From)?.Key.Owner;
        while (_leg < _posting.Legs.Count)
        {
            if (!_accounts.TryGetValue(_posting.Legs[_leg].From, out var lot) || lot.Key.Kind != AccountKind.Member || lot.Key.Owner != owner || lot.Key.Asset != receiver.Key.Asset)
                return ("journal.hold", "留的币不是同一个人的。");
            if ((CheckSpend(lot, _posting.Legs[_leg].Amount) ?? ApplyLeg()) is { } fault)
                return fault;
        }

        memory.Note(_posting.Seq, new AuditNote(_posting.UntilMs, 0, 0, 0));
        return null;
    }

    private (string, string)? CheckResolution()
    {
        if (FindHold() is not { } hold)
            return ("journal.hold", "没有这次留币。");
        var note = memory.Note(hold.Seq);
        if (note.Has(AuditNote.Resolved))
            return ("journal.hold", "这次留币已有过结果。");
        if (_posting.AtMs < note.UntilMs == (_posting.Kind == PostingKind.ExpireHold))
            return ("journal.hold", "这次留币的结果和时限不符。");
        var held = _accounts[hold.Legs[0].To];
        var captured = 0L;
        if (_posting.Kind == PostingKind.Capture)
        {
            captured = _posting.Legs.Count > 0 ? _posting.Legs[0].Amount : 0;
            if (captured < 1 || captured > hold.Legs.Sum(l => l.Amount))
                return ("journal.hold", "兑换的数量超过了留着的数量。");
            if (Expect(held, _accounts[hold.Subject], captured) is { } fault)
                return fault;
        }

        var left = captured;
        foreach (var leg in hold.Legs)
        {
            var rest = Math.Max(0, leg.Amount - left);
            left = Math.Max(0, left - leg.Amount);
            if (rest > 0 && ExpectBack(held, _accounts[leg.From], rest) is { } fault)
                return fault;
        }

        var flags = note.Flags | AuditNote.Resolved | (_posting.Kind == PostingKind.Capture ? AuditNote.WasCaptured : 0);
        memory.Note(hold.Seq, note with { Flags = flags, Captured = captured });
        return null;
    }

    private (string, string)? CheckExtend()
    {
        if (FindHold() is not { } hold)
            return ("journal.hold", "没有这次留币。");
        var note = memory.Note(hold.Seq);
        if (note.Has(AuditNote.Resolved) || note.Has(AuditNote.Extended) || _posting.AtMs >= note.UntilMs || _posting.UntilMs <= note.UntilMs)
            return ("journal.hold", "这次延长不合规则。");
        memory.Note(hold.Seq, note with { UntilMs = _posting.UntilMs, Flags = note.Flags | AuditNote.Extended });
        return null;
    }

    private (string, string)? CheckRefund()
    {
        if (FindHold() is not { } hold)
            return ("journal.hold", "没有这次留币。");
        var note = memory.Note(hold.Seq);
        var amount = _posting.Legs.Sum(l => l.Amount);
        if (!note.Has(AuditNote.WasCaptured) || amount < 1 || amount > note.Captured - note.Refunded)
            return ("journal.hold", "退的数量超过了兑换的数量。");
        var receiver = _accounts[hold.Subject];
        // The captured coins in a row, by leg; a refund takes the next ones from the end of what was not refunded.
        var end = note.Captured - note.Refunded;
        var start = end - amount;
        var upper = hold.Legs.Sum(l => l.Amount);
        for (var i = hold.Legs.Count - 1; i >= 0; i--)
        {
            var lower = upper - hold.Legs[i].Amount;
            var part = Math.Min(end, upper) - Math.Max(start, lower);
            upper = lower;
            if (part > 0 && ExpectBack(receiver, _accounts[hold.Legs[i].From], part) is { } fault)
                return fault;
        }

        memory.Note(hold.Seq, note with { Refunded = note.Refunded + amount });
        return null;
    }

    private (string, string)? CheckReverse()
    {
        if (_posting.Subject >= _posting.Seq || memory.Find(_posting.Subject) is not { } target || !ClosedLoop.Reversible(target.Kind))
            return ("journal.reversal", "被更正的记录不存在，或不能更正。");
        var note = memory.Note(target.Seq);
        if (note.Has(AuditNote.Reversed))
            return ("journal.reversal", "这笔已经更正过。");
        var shortfall = 0L;
        foreach (var leg in target.Legs.Reverse())
        {
            var received = _accounts[leg.To];
            var left = leg.Amount;
            while (left > 0 && NextSource(received) is { } source)
            {
                var part = Math.Min(left, source.Balance - source.Floor);
                if (ExpectBack(source, _accounts[leg.From], part) is { } fault)
                    return fault;
                left -= part;
            }

            shortfall += left;
        }

        if (shortfall != _posting.Shortfall)
            return ("journal.reversal", "没能收回的数量不对。");
        memory.Note(target.Seq, note with { Flags = note.Flags | AuditNote.Reversed });
        return null;
    }

    private AuditAccount? NextSource(AuditAccount received)
    {
        if (received.Balance > received.Floor)
            return received;
        return received.Key.Kind == AccountKind.Member ? LotsOf(received).Find(l => l.Balance > 0 && !IsLapsed(l)) : null;
    }

    private (string, string)? CheckLot()
    {
        if (_posting.Legs.Count != 1 || !_accounts.TryGetValue(_posting.Legs[0].From, out var lot) || lot.Key.Kind != AccountKind.Member
            || !_accounts.TryGetValue(_posting.Legs[0].To, out var to))
            return ("journal.lot", "这批币的记录不对。");
        var fits = _posting.Kind == PostingKind.ExpireLot
            ? IsLapsed(lot) && to.Key.Kind == AccountKind.Expired
            : !IsLapsed(lot) && to.Key.Kind == AccountKind.Member && to.Key.Owner == lot.Key.Owner && to.Key.ExpiresOn > lot.Key.ExpiresOn;
        return fits ? Expect(lot, to, lot.Balance) : ("journal.lot", "这批币的到期处理不合规则。");
    }

    private (string, string)? CheckPolicy()
    {
        var parts = _posting.Extra.Split(',');
        if (parts is not [['i', 's', 's', 'u', 'e', '=', .. var issue], ['r', 'e', 'd', 'e', 'e', 'm', '=', .. var redeem], ['g', 'r', 'a', 'c', 'e', '=', .. var grace]]
            || issue is not ("0" or "1") || redeem is not ("0" or "1") || !int.TryParse(grace, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days > LedgerLimits.MaxGraceDays)
            return ("journal.policy", "社区设置的内容不对。");
        (_issueFrozen, _redeemFrozen, _graceDays) = (issue is "1", redeem is "1", days);
        return null;
    }

    private JournalPosting? FindHold() => _posting.Subject < _posting.Seq && memory.Find(_posting.Subject) is { Kind: PostingKind.Hold } hold ? hold : null;

    private (string, string)? ExpectBack(AuditAccount from, AuditAccount to, long amount) =>
        BackTo(to) is { } back ? Expect(from, back, amount) : ("journal.legs", "币没有退回原来的那一批。");
}
