using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Offers;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>
/// Proves every night that exchanges, the ledger's holds and the stock agree: each query is one statement, so one moment, and finds nothing while the shops
/// are open either.
/// </summary>
internal sealed class RedemptionAudit(PhoenixDb db, ICommunityCalendar calendar, Clock clock) : IBookAudit
{
    private const string Orphans = """
        select h.hold from ledger_holds h join ledger_postings p on p.community = h.community and p.seq = h.hold
        left join redemptions r on r.community_id = h.community and r.hold = h.hold
        where h.community = $1 and p.ref like 'redemption:%' and r.id is null limit 1
        """;

    private const string Differing = """
        select r.hold from redemptions r left join ledger_holds h on h.community = r.community_id and h.hold = r.hold
        left join ledger_hold_resolutions s on s.community = r.community_id and s.hold = r.hold
        where r.community_id = $1 and (h.hold is null or h.amount <> r.coins or h.refunded <> r.refunded_coins
          or h.captured <> (case when r.state = 'Captured' then r.coins else 0 end)
          or coalesce(s.kind, 0) <> (case r.state when 'Held' then 0 when 'Captured' then 11 when 'Expired' then 13 else 12 end)) limit 1
        """;

    private const string Refunds = """
        select r.hold from redemptions r where r.community_id = $1
          and r.refunded_coins <> (select coalesce(sum(f.coins), 0) from redemption_refunds f where f.community_id = r.community_id and f.redemption_id = r.id) limit 1
        """;

    private const string Used = """
        select (select coalesce(sum(r.quantity), 0) from redemptions r join offer_versions v on v.community_id = r.community_id and v.offer_id = r.offer_id and v.version = r.offer_version
                where r.community_id = $1 and r.offer_id = $2 and {0} and r.state in ('Held', 'Captured')
                  and not exists (select 1 from redemption_refunds f where f.community_id = r.community_id and f.redemption_id = r.id and f.is_undo))
             - (select coalesce(sum(c.used), 0) from ledger_counters c where c.community = $1 and c.key = $3 and c.period = $4)
        """;

    /// <inheritdoc />
    public async Task<string?> Fault(CancellationToken cancel)
    {
        var community = db.Scope.CommunityId;
        if (await db.Number(Orphans, cancel, community) is { } orphan)
            return $"redemptions.missing: hold {orphan}";
        if (await db.Number(Differing, cancel, community) is { } differing)
            return $"redemptions.differs: hold {differing}";
        if (await db.Number(Refunds, cancel, community) is { } refund)
            return $"redemptions.refunds: hold {refund}";
        return await Stock(community, cancel);
    }

    private async Task<string?> Stock(int community, CancellationToken cancel)
    {
        var today = calendar.Time.DayOf(clock.Now);
        var offers = await db.Set<OfferVersion>().Where(v => v.ApprovedAt != null && (v.StockTotal != null || v.StockPerDay != null)).Select(v => v.OfferId).Distinct().OrderBy(o => o).ToListAsync(cancel);
        foreach (var offer in offers)
        {
            if (await IsOff(offer, "v.stock_total is not null", OfferCounters.Stock(offer), 0, null, cancel))
                return $"redemptions.stock: offer {offer:N}";
            foreach (var day in (DateOnly[])[today.AddDays(-1), today])
                if (await IsOff(offer, "v.stock_per_day is not null and r.day = $5", OfferCounters.StockOfDay(offer), OfferCounters.Number(day), day, cancel))
                    return string.Create(CultureInfo.InvariantCulture, $"redemptions.stock: offer {offer:N} on {day:yyyy-MM-dd}");
        }

        return null;

        async Task<bool> IsOff(Guid offer, string counted, string key, int period, DateOnly? day, CancellationToken c)
        {
            object[] values = day is { } d ? [community, offer, key, period, d] : [community, offer, key, period];
            return await db.Number(Used.Replace("{0}", counted, StringComparison.Ordinal), c, values) is not (null or 0);
        }
    }
}
