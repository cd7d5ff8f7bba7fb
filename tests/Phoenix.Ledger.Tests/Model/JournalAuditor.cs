using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Journal;

namespace Phoenix.Ledger.Tests.Model;

/// <summary>What the auditor remembers of earlier postings, kept outside of memory where there are many.</summary>
internal interface IAuditMemory
{
    /// <summary>An earlier posting, or null.</summary>
    JournalPosting? Find(long seq);

    AuditNote Note(long seq);

    void Note(long seq, AuditNote note);
}

/// <summary>What became of a hold (until, flags, captured, refunded) or of a posting that was reversed.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)]
internal record struct AuditNote(long UntilMs, long Flags, long Captured, long Refunded)
{
    public const long Extended = 1;
    public const long Resolved = 2;
    public const long WasCaptured = 4;
    public const long Reversed = 8;

    public readonly bool Has(long flag) => (Flags & flag) != 0;
}

/// <summary>An account as the journal tells of it.</summary>
internal sealed class AuditAccount(JournalAccount opened)
{
    public long Id { get; } = opened.Id;
    public AccountKey Key { get; } = opened.Key;
    public long Floor { get; } = opened.Floor;
    public long? Ceiling { get; } = opened.Ceiling;
    public long Balance { get; set; }
    public long LastSeq { get; set; }
}

/// <summary>
/// Follows a journal posting by posting and judges each by the rules of decisions/0003, seeing nothing else. Written apart from the core that
/// made the postings, so that a mistake in one is found by the other. Chain and signature are the verifier's.
/// </summary>
internal sealed partial class JournalAuditor(int utcOffsetMinutes, IAuditMemory memory)
{
    private readonly Dictionary<long, AuditAccount> _accounts = [];
    private readonly Dictionary<AccountKey, AuditAccount> _byKey = [];
    private readonly Dictionary<(Guid, Asset), List<AuditAccount>> _lots = [];
    private readonly List<AuditAccount> _touched = [];
    private bool _issueFrozen;
    private bool _redeemFrozen;
    private int _graceDays;
    private JournalPosting? _last;
    private JournalPosting _posting = new();
    private int _leg;
    private DateOnly _today;

    public IEnumerable<AuditAccount> Accounts => _accounts.Values;

    /// <summary>Judges the next posting; null when all is well.</summary>
    public (string Code, string Message)? Check(JournalPosting posting)
    {
        _posting = posting;
        _leg = 0;
        _touched.Clear();
        _today = Days.DayOf(posting.AtMs, utcOffsetMinutes);
        if ((CheckOrder() ?? CheckOpened() ?? CheckForm() ?? CheckKind()) is { } fault)
            return fault;
        if (_leg != posting.Legs.Count)
            return ("journal.legs", "多出了不该有的明细。");
        foreach (var account in _touched)
            account.LastSeq = posting.Seq;
        _last = posting;
        return null;
    }

    /// <summary>Judges the end: linked postings must be complete.</summary>
    public (string Code, string Message)? CheckEnd() =>
        _last is { } last && last.Part != last.Parts ? ("journal.parts", "最后一组关联记录不完整。") : null;

    private (string, string)? CheckOrder()
    {
        if (_posting.AtMs < (_last?.AtMs ?? 0))
            return ("journal.time", "时间早于上一笔。");
        if (_posting.Part < 1 || _posting.Part > _posting.Parts)
            return ("journal.parts", "关联记录的次序不对。");
        var expected = _last is { } last && last.Part < last.Parts
            ? last.Part + 1 == _posting.Part && last.Parts == _posting.Parts && last.RequestId == _posting.RequestId
            : _posting.Part == 1;
        return expected ? null : ("journal.parts", "关联记录不完整，或混进了别的记录。");
    }

    private (string, string)? CheckOpened()
    {
        foreach (var opened in _posting.Opened)
        {
            var key = opened.Key;
            if (opened.Id != _accounts.Count + 1 || _byKey.ContainsKey(key))
                return ("journal.account", "账户编号不连续，或账户重复。");
            if ((key.Kind == AccountKind.Member) != key.ExpiresOn.HasValue)
                return ("journal.account", "账户的到期日不对。");
            var usual = _posting.Kind == PostingKind.Open || (opened.Floor == AccountKinds.FloorOf(key.Kind) && opened.Ceiling is null);
            if (!usual || opened.Floor is > 0 or < -AccountKinds.MaxBalance || opened.Ceiling is < 0 or > AccountKinds.MaxBalance || (opened.Floor < 0 && key.Kind != AccountKind.Issuance && (key.Asset == Asset.Coin || key.Kind is AccountKind.Member or AccountKind.Held)))
                return ("journal.account", "账户的上下限不对。");
            var account = new AuditAccount(opened);
            _accounts.Add(account.Id, account);
            _byKey.Add(key, account);
            if (key.Kind != AccountKind.Member)
                continue;
            if (!_lots.TryGetValue((key.Owner, key.Asset), out var lots))
                _lots.Add((key.Owner, key.Asset), lots = []);
            lots.Add(account);
            lots.Sort((a, b) => a.Key.ExpiresOn!.Value.CompareTo(b.Key.ExpiresOn!.Value));
        }

        return null;
    }

    private (string, string)? CheckForm()
    {
        var p = _posting;
        var hasSubject = p.Kind is >= PostingKind.Hold and <= PostingKind.Reverse;
        if (hasSubject != (p.Subject != 0) || (p.Kind is PostingKind.Hold or PostingKind.Extend) != (p.UntilMs != 0) || (p.Shortfall != 0 && p.Kind != PostingKind.Reverse)
            || p.Shortfall < 0 || (p.Kind == PostingKind.Policy) != (p.Extra.Length > 0) || p.InputHash.Length != 16 || p.TextCommit is { Length: not 32 })
            return ("journal.form", "字段和记录的种类不符。");
        return null;
    }

    /// <summary>Applies the next leg of the posting, which must be this one.</summary>
    private (string, string)? Expect(AuditAccount from, AuditAccount to, long amount)
    {
        if (_leg == _posting.Legs.Count)
            return ("journal.legs", "缺少应有的明细。");
        var leg = _posting.Legs[_leg];
        if (leg.From != from.Id || leg.To != to.Id || leg.Amount != amount)
            return ("journal.legs", "明细和规则算出的不一样。");
        return ApplyLeg();
    }

    private (string, string)? ApplyLeg()
    {
        var leg = _posting.Legs[_leg++];
        if (!_accounts.TryGetValue(leg.From, out var from) || !_accounts.TryGetValue(leg.To, out var to) || from == to)
            return ("journal.account", "明细里的账户不存在，或转给了自己。");
        if (leg.Amount is < 1 or > AccountKinds.MaxBalance || from.Key.Asset != to.Key.Asset)
            return ("journal.amount", "数量不对，或混用了两种单位。");
        if (!ClosedLoop.Allows(_posting.Kind, from.Key.Kind, to.Key.Kind))
            return ("journal.route", "凤凰币不能这样转移。");
        if (leg.FromPrev != from.LastSeq || leg.ToPrev != to.LastSeq)
            return ("journal.previous", "账户的上一笔不对。");
        if (from.Balance < from.Floor + leg.Amount || to.Balance > AccountKinds.MaxBalance - leg.Amount || to.Balance > (to.Ceiling ?? AccountKinds.MaxBalance) - leg.Amount)
            return ("journal.bounds", "余数超出了账户的上下限。");
        from.Balance -= leg.Amount;
        to.Balance += leg.Amount;
        if (leg.FromAfter != from.Balance || leg.ToAfter != to.Balance)
            return ("journal.balance", "记下的余数和算出的不一样。");
        _touched.Add(from);
        _touched.Add(to);
        return null;
    }

    private bool IsLapsed(AuditAccount lot) => lot.Key.ExpiresOn < _today;

    private List<AuditAccount> LotsOf(AuditAccount lot) => _lots[(lot.Key.Owner, lot.Key.Asset)];

    /// <summary>Where units that came from an account go back to; null when the journal has not opened it.</summary>
    private AuditAccount? BackTo(AuditAccount account)
    {
        if (account.Key.Kind != AccountKind.Member || !IsLapsed(account))
            return account;
        return _byKey.GetValueOrDefault(_graceDays > 0
            ? account.Key with { ExpiresOn = _today.AddDays(_graceDays) }
            : new AccountKey(AccountKind.Expired, Guid.Empty, account.Key.Asset));
    }
}

/// <summary>What the auditor found wrong, by the first line that shows it.</summary>
/// <param name="Line">The line of the file, from 1; 0 where there is no file.</param>
/// <param name="Seq">The posting, or 0.</param>
/// <param name="Code">Stable: <c>journal.reason</c>.</param>
/// <param name="Message">One Chinese sentence.</param>
internal sealed record JournalFault(long Line, long Seq, string Code, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"第 {Line} 行（第 {Seq} 笔）：{Message}[{Code}]";
}
