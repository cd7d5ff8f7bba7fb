using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Offers;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Exchange;

/// <inheritdoc />
internal sealed class ExchangeLines(PhoenixDb db, ICommunityCalendar calendar) : IExchangeLines
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<Guid>> Merchants(Month month, CancellationToken cancel)
    {
        var (start, end) = (calendar.Time.StartOf(month), calendar.Time.EndOf(month));
        var refunds = db.Set<RedemptionRefund>().Where(f => f.MadeAt >= start && f.MadeAt < end).Join(db.Set<RedemptionRow>(), f => f.RedemptionId, r => r.Id, (_, r) => r.MerchantId);
        return await CapturedIn(month).Select(r => r.MerchantId).Union(refunds).Order().ToListAsync(cancel);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<CapturedLine>> Captured(Guid merchantId, Month month, long after, CancellationToken cancel) =>
        await CapturedIn(month).Where(r => r.MerchantId == merchantId && r.Hold > after).OrderBy(r => r.Hold).Take(IExchangeLines.MaxPage)
            .Join(db.Set<OfferVersion>(), r => new { r.OfferId, Version = r.OfferVersion }, v => new { v.OfferId, v.Version }, (r, v) => new { Row = r, v.Title })
            .OrderBy(r => r.Row.Hold)
            .Select(r => new CapturedLine(
                r.Row.Id, r.Row.Hold, r.Row.Day, r.Row.Number, r.Title, r.Row.Quantity, r.Row.Coins, r.Row.AgreementId, r.Row.FenPerCoin, r.Row.FundSharePercent, r.Row.ResolvedAt!.Value,
                db.Set<RedemptionDispute>().Any(d => d.RedemptionId == r.Row.Id && d.State == DisputeState.Open)))
            .ToListAsync(cancel);

    /// <inheritdoc />
    public async Task<IReadOnlyList<RefundedLine>> Refunded(Guid merchantId, Month month, long after, CancellationToken cancel)
    {
        var (start, end) = (calendar.Time.StartOf(month), calendar.Time.EndOf(month));
        return await db.Set<RedemptionRefund>().Where(f => f.MadeAt >= start && f.MadeAt < end && f.Seq > after)
            .Join(db.Set<RedemptionRow>().Where(r => r.MerchantId == merchantId), f => f.RedemptionId, r => r.Id, (f, r) => new { Refund = f, Row = r })
            .OrderBy(f => f.Refund.Seq).Take(IExchangeLines.MaxPage)
            .Select(f => new RefundedLine(f.Refund.Id, f.Refund.Seq, f.Row.Id, f.Row.ResolvedAt!.Value, f.Refund.Coins, f.Row.FenPerCoin, f.Row.FundSharePercent, f.Refund.MadeAt))
            .ToListAsync(cancel);
    }

    // A capture is on the day of its hold: no hold outlives its day.
    private IQueryable<RedemptionRow> CapturedIn(Month month)
    {
        var (first, last) = (month.FirstDay, month.LastDay);
        return db.Set<RedemptionRow>().AsNoTracking().Where(r => r.State == RedemptionState.Captured && r.Day >= first && r.Day <= last);
    }
}
