using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Redemption;
using Phoenix.App.Settlement.Payouts;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement.Closing;

/// <summary>
/// Makes the statements of some merchants for a month, in the transaction of the caller: the lines are copied inside the database, what earlier months left over
/// is added, and the figures are proven against the ledger before anything counts.
/// </summary>
public sealed class MonthWriter(PhoenixDb db, IExchangeLines exchanges, DoubtBook doubts, ICommunityCalendar calendar, Clock clock)
{
    /// <summary>The id of a statement, the same whoever makes it.</summary>
    public static Guid IdOf(int community, Guid merchant, Month month) => RequestIds.Of(community, $"statement:{merchant:N}:{month}");

    /// <summary>Makes those that aren't there yet.</summary>
    /// <exception cref="StatementUnprovenException">The ledger says otherwise; the transaction is to be rolled back.</exception>
    public async Task Write(Month month, IReadOnlyList<Guid> merchants, CancellationToken cancel)
    {
        var period = month.FirstDay;
        var there = await db.Set<Statement>().Where(s => s.Period == period && merchants.Contains(s.MerchantId)).Select(s => s.MerchantId).ToListAsync(cancel);
        var made = merchants.Except(there).ToDictionary(m => m, m => IdOf(db.Scope.CommunityId, m, month));
        if (made.Count == 0)
            return;
        await new LineCopy(db, calendar.Time).Copy(month, made, cancel);
        await AddMoved(made, cancel);
        await AddCorrections(month, made, cancel);
        await AddDebts(made, cancel);
        await db.SaveChangesAsync(cancel);
        var sums = await Sums(made.Values, cancel);
        await AddOverCaps(month, sums, cancel);
        var (ends, settled) = (await Ends(made.Keys, cancel), await Settled(month, made.Keys, cancel));
        foreach (var (merchant, id) in made)
            db.Add(await Prove(month, merchant, id, sums[id], ends.GetValueOrDefault(merchant), settled[merchant], cancel));
        await db.SaveChangesAsync(cancel);
        await doubts.KeepOut(made.Keys, made.Values, cancel);
    }

    // What was moved out and has been answered meanwhile is a line of this statement.
    private async Task AddMoved(Dictionary<Guid, Guid> made, CancellationToken cancel)
    {
        await doubts.Refresh(made.Keys, cancel);
        var moved = await db.Set<LineDispute>().Where(d => made.Keys.Contains(d.MerchantId) && d.MovedAt != null && d.MovedTo == null && d.State != DoubtState.Open).ToListAsync(cancel);
        foreach (var of in moved.GroupBy(d => (d.StatementId, d.Kind, d.Seq)))
        {
            // Both the member's and the merchant's doubt may be about it: it comes back when both are answered.
            if (await db.Set<LineDispute>().AnyAsync(d => d.StatementId == of.Key.StatementId && d.Kind == of.Key.Kind && d.Seq == of.Key.Seq && d.State == DoubtState.Open, cancel))
                continue;
            var line = await db.Set<StatementLine>().AsNoTracking().SingleAsync(l => l.StatementId == of.Key.StatementId && l.Kind == of.Key.Kind && l.Seq == of.Key.Seq, cancel);
            var to = made[of.First().MerchantId];
            db.Add(new StatementLine
            {
                CommunityId = line.CommunityId,
                StatementId = to,
                Kind = line.Kind,
                Seq = line.Seq,
                RedemptionId = line.RedemptionId,
                Day = line.Day,
                Number = line.Number,
                Title = line.Title,
                Quantity = line.Quantity,
                Coins = line.Coins,
                AgreementId = line.AgreementId,
                FenPerCoin = line.FenPerCoin,
                FundSharePercent = line.FundSharePercent,
                Fen = line.Fen,
                At = line.At,
                FromStatementId = line.StatementId,
            });
            foreach (var dispute in of)
                dispute.MovedTo = to;
        }
    }

    private async Task AddCorrections(Month month, Dictionary<Guid, Guid> made, CancellationToken cancel)
    {
        var open = await db.Set<LineDispute>().Where(d => made.Keys.Contains(d.MerchantId) && d.CorrectionFen != 0 && d.CorrectedIn == null).OrderBy(d => d.Id).ToListAsync(cancel);
        foreach (var of in open.GroupBy(d => d.MerchantId))
        {
            var (to, seq) = (made[of.Key], 0L);
            foreach (var dispute in of)
            {
                var day = calendar.Time.DayOf(dispute.AnsweredAt!.Value);
                db.Add(Extra(to, LineKind.Correction, ++seq, $"更正 {dispute.AskedAt.AddHours(8):yyyy-MM-dd} 提出的疑问", day, dispute.CorrectionFen, dispute.AnsweredAt.Value, dispute.StatementId));
                dispute.CorrectedIn = to;
            }
        }
    }

    private async Task AddDebts(Dictionary<Guid, Guid> made, CancellationToken cancel)
    {
        var debts = await db.Set<Statement>().Where(s => made.Keys.Contains(s.MerchantId) && s.FinalFen < 0 && s.DebtIn == null).OrderBy(s => s.Period).ToListAsync(cancel);
        foreach (var debt in debts)
        {
            var to = made[debt.MerchantId];
            db.Add(Extra(to, LineKind.Debt, debt.Period.Year * 100 + debt.Period.Month, $"{debt.Month} 对账单结转", debt.Month.LastDay, debt.FinalFen!.Value, debt.ClosedAt ?? clock.Now, debt.Id));
            (debt.DebtIn, debt.Revision) = (to, debt.Revision + 1);
        }
    }

    // The till keeps to the cap; what is above it all the same isn't the fund's to pay.
    private async Task AddOverCaps(Month month, Dictionary<Guid, List<LineSum>> sums, CancellationToken cancel)
    {
        var terms = await exchanges.Terms([.. sums.Values.SelectMany(s => s).Where(s => s.AgreementId is not null).Select(s => s.AgreementId!.Value).Distinct()], cancel);
        foreach (var (id, of) in sums)
            foreach (var group in of.Where(s => s.AgreementId is not null && !s.IsCarried).GroupBy(s => s.AgreementId!.Value).ToList())
            {
                var (agreement, gross) = (terms[group.Key], group.Sum(s => s.Coins) * terms[group.Key].FenPerCoin);
                if (agreement.MonthlyCapFen is not { } cap || gross <= cap)
                    continue;
                var fen = -((gross - cap) * agreement.FundSharePercent + 50) / 100;
                db.Add(Extra(id, LineKind.OverCap, agreement.Version, $"超过协议 {agreement.Paper} 每月上限", month.LastDay, fen, clock.Now, null));
                of.Add(new LineSum(id, LineKind.OverCap, null, false, 1, 0, fen));
            }
    }

    private StatementLine Extra(Guid statement, LineKind kind, long seq, string title, DateOnly day, long fen, DateTimeOffset at, Guid? from) => new()
    {
        CommunityId = db.Scope.CommunityId,
        StatementId = statement,
        Kind = kind,
        Seq = seq,
        Day = day,
        Title = title.Length > StatementLine.MaxTitleLength ? title[..StatementLine.MaxTitleLength] : title,
        Quantity = 1,
        Fen = fen,
        At = at,
        FromStatementId = from,
    };

    private async Task<Dictionary<Guid, List<LineSum>>> Sums(IReadOnlyCollection<Guid> statements, CancellationToken cancel)
    {
        var sums = statements.ToDictionary(id => id, _ => new List<LineSum>());
        foreach (var sum in await new LineCopy(db, calendar.Time).Sums(statements, cancel))
            sums[sum.StatementId].Add(sum);
        return sums;
    }

    // The last statement of each merchant that has one: until when it was settled, and what the account had then.
    private Task<Dictionary<Guid, MonthEnd>> Ends(IReadOnlyCollection<Guid> merchants, CancellationToken cancel) =>
        db.Set<Statement>().Where(s => merchants.Contains(s.MerchantId)).GroupBy(s => s.MerchantId)
            .Select(g => g.OrderByDescending(s => s.Period).Select(s => new MonthEnd(s.MerchantId, s.Period, s.LedgerCoins)).First())
            .ToDictionaryAsync(e => e.MerchantId, cancel);

    private async Task<ILookup<Guid, SettledItem>> Settled(Month month, IReadOnlyCollection<Guid> merchants, CancellationToken cancel)
    {
        var end = calendar.Time.EndOf(month);
        var items = await db.Set<PayoutItem>().Where(i => merchants.Contains(i.MerchantId) && i.PostingSeq != null && i.RecordedAt < end)
            .Select(i => new SettledItem(i.MerchantId, i.RecordedAt!.Value, i.SettledCoins)).ToListAsync(cancel);
        return items.ToLookup(i => i.MerchantId);
    }

    // What the account had at the end, less what it had at the end of the merchant's last statement, plus what was settled in between, is what the lines say.
    private async Task<Statement> Prove(Month month, Guid merchant, Guid id, List<LineSum> sums, MonthEnd? before, IEnumerable<SettledItem> items, CancellationToken cancel)
    {
        var end = calendar.Time.EndOf(month);
        var since = before is null ? DateTimeOffset.UnixEpoch : calendar.Time.EndOf(Month.Of(before.Period));
        var settled = items.Where(i => i.RecordedAt >= since).Sum(i => i.SettledCoins);
        var has = await LedgerReads.BalanceAt(db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction(), db.Scope.CommunityId, AccountKey.Merchant(merchant), end, cancel);
        var (captured, refunded) = (sums.Where(s => s is { Kind: LineKind.Capture, IsCarried: false }).ToList(), sums.Where(s => s is { Kind: LineKind.Refund, IsCarried: false }).ToList());
        var (found, expected) = (captured.Sum(s => s.Coins) + refunded.Sum(s => s.Coins), has - (before?.LedgerCoins ?? 0) + settled);
        if (found != expected)
            throw new StatementUnprovenException(merchant, month, found, expected);
        var rest = sums.Except(captured).Except(refunded).ToList();
        return new Statement
        {
            CommunityId = db.Scope.CommunityId,
            Id = id,
            MerchantId = merchant,
            Period = month.FirstDay,
            Lines = sums.Sum(s => s.Lines),
            Captures = captured.Sum(s => s.Lines),
            CapturedCoins = captured.Sum(s => s.Coins),
            CapturedFen = captured.Sum(s => s.Fen),
            RefundedCoins = -refunded.Sum(s => s.Coins),
            RefundedFen = -refunded.Sum(s => s.Fen),
            CarriedCoins = rest.Sum(s => s.Coins),
            CarriedFen = rest.Sum(s => s.Fen),
            LedgerCoins = has,
            MadeAt = clock.Now,
        };
    }

    private sealed record MonthEnd(Guid MerchantId, DateOnly Period, long LedgerCoins);

    private sealed record SettledItem(Guid MerchantId, DateTimeOffset RecordedAt, long SettledCoins);
}
