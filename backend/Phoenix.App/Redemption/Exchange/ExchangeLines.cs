using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Agreements;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Exchange;

/// <inheritdoc />
internal sealed class ExchangeLines(PhoenixDb db, ICommunityCalendar calendar) : IExchangeLines
{
    private IQueryable<MerchantAgreement> Signed => db.Set<MerchantAgreement>().AsNoTracking().Where(a => a.SignedAt != null);

    // A capture is on the day of its hold: no hold outlives its day.
    private IQueryable<RedemptionRow> Captured => db.Set<RedemptionRow>().AsNoTracking().Where(r => r.State == RedemptionState.Captured);

    /// <inheritdoc />
    public async Task<Month?> First(CancellationToken cancel)
    {
        var terms = await Signed.MinAsync(a => (DateOnly?)a.StartsOn, cancel);
        var exchange = await Captured.MinAsync(r => (DateOnly?)r.Day, cancel);
        var first = terms is null || exchange < terms ? exchange : terms;
        return first is { } day ? Month.Of(day) : null;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Guid>> Merchants(Month month, CancellationToken cancel)
    {
        var (start, end, first, last) = (calendar.Time.StartOf(month), calendar.Time.EndOf(month), month.FirstDay, month.LastDay);
        var refunds = db.Set<RedemptionRefund>().Where(f => f.MadeAt >= start && f.MadeAt < end).Join(db.Set<RedemptionRow>(), f => f.RedemptionId, r => r.Id, (_, r) => r.MerchantId);
        var terms = Signed.Where(a => a.StartsOn <= last && (a.EndsOn == null || a.EndsOn >= first)).Select(a => a.MerchantId);
        return await Captured.Where(r => r.Day >= first && r.Day <= last).Select(r => r.MerchantId).Union(refunds).Union(terms).Order().ToListAsync(cancel);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<Guid, MerchantTerms>> Terms(IReadOnlyCollection<Guid> agreementIds, CancellationToken cancel) =>
        await db.Set<MerchantAgreement>().AsNoTracking().Where(a => agreementIds.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, a => new MerchantTerms(a.Id, a.Version, a.FenPerCoin, a.FundSharePercent, a.MonthlyCapFen, a.Paper), cancel);

    /// <inheritdoc />
    public async Task<IReadOnlyList<DisputedExchange>> Disputed(IReadOnlyCollection<Guid> merchantIds, CancellationToken cancel) =>
        await db.Set<RedemptionDispute>().AsNoTracking().Where(d => d.State == DisputeState.Open && merchantIds.Contains(d.MerchantId))
            .Join(db.Set<RedemptionRow>(), d => d.RedemptionId, r => r.Id, (d, r) => new DisputedExchange(d.MerchantId, r.Id, r.Hold, d.AskedAt))
            .ToListAsync(cancel);
}
