using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Settlement.Payouts;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement;

/// <inheritdoc />
internal sealed class SettledFigures(PhoenixDb db) : ISettledFigures
{
    /// <inheritdoc />
    public async Task<SettledTotals> Totals(CancellationToken cancel)
    {
        // By the receipts' days, which are the community's.
        var months = await db.Set<PayoutItem>().Where(i => i.State == PaymentState.Paid).GroupBy(i => new { i.PaidOn!.Value.Year, i.PaidOn!.Value.Month })
            .Select(g => new { g.Key.Year, g.Key.Month, Payments = g.Count(), Fen = g.Sum(i => i.Fen), Coins = g.Sum(i => i.SettledCoins) })
            .OrderByDescending(m => m.Year).ThenByDescending(m => m.Month).ToListAsync(cancel);
        StatementState[] waiting = [StatementState.Confirmed, StatementState.Resolved, StatementState.Approved, StatementState.InPayout];
        var waits = await db.Set<Statement>().Where(s => waiting.Contains(s.State))
            .SumAsync(s => s.FinalFen ?? s.CapturedFen - s.RefundedFen + s.CarriedFen, cancel);
        return new SettledTotals(
            months.Sum(m => m.Fen), months.Sum(m => m.Coins), waits,
            [.. months.Take(ISettledFigures.MaxMonths).Reverse().Select(m => new MonthSettled(new Month(m.Year, m.Month), m.Payments, m.Fen, m.Coins))]);
    }
}
