using Microsoft.EntityFrameworkCore;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement;

/// <summary>Every night: every exchange and refund of a closed month is on a statement, statements say what their lines do, and what was paid is in the ledger.</summary>
internal sealed class SettlementAudit(PhoenixDb db, ICommunityCalendar calendar) : IBookAudit
{
    private const string MissingCaptures = """
        select r.hold from redemptions r where r.community_id = $1 and r.state = 'Captured' and r.day <= $2
          and not exists (select 1 from statement_lines l where l.community_id = r.community_id and l.seq = r.hold and l.kind = 1 and l.from_statement_id is null) limit 1
        """;

    private const string MissingRefunds = """
        select f.seq from redemption_refunds f where f.community_id = $1 and f.made_at < $2
          and not exists (select 1 from statement_lines l where l.community_id = f.community_id and l.seq = f.seq and l.kind = 2 and l.from_statement_id is null) limit 1
        """;

    private const string Sums = """
        select s.lines from statements s left join (
            select l.statement_id, count(*) as lines, sum(l.coins) as coins, sum(l.fen) as fen from statement_lines l where l.community_id = $1 group by l.statement_id) l on l.statement_id = s.id
        where s.community_id = $1 and (s.lines <> coalesce(l.lines, 0) or s.captured_coins - s.refunded_coins + s.carried_coins <> coalesce(l.coins, 0)
          or s.captured_fen - s.refunded_fen + s.carried_fen <> coalesce(l.fen, 0)) limit 1
        """;

    private const string Unposted = """
        select i.fen from payout_items i where i.community_id = $1 and i.state = 'Paid'
          and (i.settled_coins + i.fen) <> coalesce((select sum(g.amount) from ledger_postings p join ledger_postings q on q.community = p.community and q.request_id = p.request_id
            join ledger_legs g on g.community = q.community and g.seq = q.seq where p.community = $1 and p.seq = i.posting_seq), 0) limit 1
        """;

    private const string Settled = """
        select (select coalesce(sum(i.settled_coins), 0) from payout_items i where i.community_id = $1)
             - (select coalesce(sum(a.balance), 0) from ledger_accounts a where a.community = $1 and a.kind = 6 and a.asset = 1)
        """;

    /// <inheritdoc />
    public async Task<string?> Fault(CancellationToken cancel)
    {
        var community = db.Scope.CommunityId;
        if (await db.Set<SettledMonth>().MaxAsync(m => (DateOnly?)m.Period, cancel) is { } latest)
        {
            var month = Month.Of(latest);
            if (await db.Number(MissingCaptures, cancel, community, month.LastDay) is { } hold)
                return $"statements.missing: hold {hold}";
            if (await db.Number(MissingRefunds, cancel, community, calendar.Time.EndOf(month)) is { } refund)
                return $"statements.missing: refund {refund}";
        }

        if (await db.Number(Sums, cancel, community) is { } lines)
            return $"statements.differs: of {lines} lines";
        if (await db.Number(Unposted, cancel, community) is { } fen)
            return $"payouts.differs: {fen} fen";
        return await db.Number(Settled, cancel, community) is { } off and not 0 ? $"payouts.settled: {off} coins" : null;
    }
}
