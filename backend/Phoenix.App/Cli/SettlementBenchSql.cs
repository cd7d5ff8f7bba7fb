using System.Globalization;

namespace Phoenix.App.Cli;

/// <summary>The SQL of <see cref="SettlementBench"/>: a month put straight into the product's tables, and the month closed without the product.</summary>
internal static class SettlementBenchSql
{
    /// <summary>Takes away statements and what was told about them, past the guards.</summary>
    public const string Empty = "set session_replication_role = replica; truncate statement_lines, statements, settled_months, outbox_messages cascade";

    /// <summary>What a set-based closing costs at least: every line copied, rounded and added up.</summary>
    public const string Close = """
        begin;
        create temporary table made on commit drop as select id as merchant_id, md5(id::text || ':2026-11')::uuid as id from merchants where community_id = 1;
        insert into statement_lines (community_id, statement_id, kind, seq, redemption_id, day, number, title, quantity, coins, agreement_id, fen_per_coin, fund_share_percent, fen, at)
        select r.community_id, m.id, 1, r.hold, r.id, r.day, r.number, v.title, r.quantity, r.coins, r.agreement_id, r.fen_per_coin, r.fund_share_percent,
          (r.coins * r.fen_per_coin * r.fund_share_percent + 50) / 100, r.resolved_at
        from redemptions r join made m on m.merchant_id = r.merchant_id
        join offer_versions v on v.community_id = r.community_id and v.offer_id = r.offer_id and v.version = r.offer_version
        where r.community_id = 1 and r.state = 'Captured' and r.day between '2026-11-01' and '2026-11-30';
        insert into statement_lines (community_id, statement_id, kind, seq, redemption_id, day, number, title, quantity, coins, agreement_id, fen_per_coin, fund_share_percent, fen, at)
        select r.community_id, m.id, 2, f.seq, r.id, r.day, r.number, v.title, r.quantity, -f.coins, r.agreement_id, r.fen_per_coin, r.fund_share_percent,
          ((r.coins - f.coins) * r.fen_per_coin * r.fund_share_percent + 50) / 100 - (r.coins * r.fen_per_coin * r.fund_share_percent + 50) / 100, f.made_at
        from redemption_refunds f join redemptions r on r.community_id = f.community_id and r.id = f.redemption_id join made m on m.merchant_id = r.merchant_id
        join offer_versions v on v.community_id = r.community_id and v.offer_id = r.offer_id and v.version = r.offer_version
        where f.community_id = 1 and f.made_at >= '2026-10-31 16:00+00' and f.made_at < '2026-11-30 16:00+00';
        insert into statements (community_id, id, merchant_id, period, lines, captures, captured_coins, captured_fen, refunded_coins, refunded_fen, carried_coins, carried_fen, ledger_coins, made_at, state, policy_version, reminders, revision)
        select 1, m.id, m.merchant_id, '2026-11-01', count(*), count(*) filter (where l.kind = 1), sum(l.coins) filter (where l.kind = 1), sum(l.fen) filter (where l.kind = 1),
          coalesce(-sum(l.coins) filter (where l.kind = 2), 0), coalesce(-sum(l.fen) filter (where l.kind = 2), 0), 0, 0, sum(l.coins), now(), 'Draft', 0, 0, 0
        from made m join statement_lines l on l.community_id = 1 and l.statement_id = m.id group by m.id, m.merchant_id;
        commit
        """;

    /// <summary>How many statements and lines there are, and whether the sums are right.</summary>
    public const string Check = """
        select (select count(*) from statements), (select count(*) from statement_lines),
          (select (sum(captured_coins - refunded_coins), sum(captured_fen - refunded_fen)) from statements) = (select (sum(coins), sum(fen)) from statement_lines)
          and (select sum(coins - refunded_coins) from redemptions) = (select sum(captured_coins - refunded_coins) from statements)
        """;

    /// <summary>Merchants with terms, an offer and an owner each, their exchanges and refunds of November 2026, and the merchants' accounts in the ledger, of one posting each.</summary>
    public static string Seed(int merchants, int exchanges, int refundEach) => string.Create(CultureInfo.InvariantCulture, $"""
        -- Foreign keys aren't checked row by row: the rows are right.
        set session_replication_role = replica;
        create function bench_id(kind integer, n bigint) returns uuid language sql immutable as $$ select (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
        insert into persons (id, created_at) select bench_id(1, n), '2026-10-01 00:00+00' from generate_series(1, {merchants}) n;
        insert into merchants (community_id, id, name, sort_key, kind, address, phone, opening_hours, opens_at, state, created_at)
        select 1, bench_id(2, n), '商家' || n, '商家' || n, 'Canteen', '1号', '028', '全天', 0, 'Active', '2026-10-01 00:00+00' from generate_series(1, {merchants}) n;
        insert into merchant_staff (community_id, id, merchant_id, person_id, post, joined_at, last_used_at)
        select 1, bench_id(3, n), bench_id(2, n), bench_id(1, n), 'Owner', '2026-10-01 00:00+00', '2026-10-01 00:00+00' from generate_series(1, {merchants}) n;
        insert into merchant_agreements (community_id, id, merchant_id, version, fen_per_coin, fund_share_percent, starts_on, paper, proposed_by, approval_id, proposed_at, signed_at)
        select 1, bench_id(4, n), bench_id(2, n), 1, 55, 75, '2026-11-01', 'bench', bench_id(0, 0), bench_id(0, 0), '2026-10-01 00:00+00', '2026-10-01 00:00+00' from generate_series(1, {merchants}) n;
        insert into offers (community_id, id, merchant_id, state, version, is_pinned, created_at)
        select 1, bench_id(5, n), bench_id(2, n), 'Active', 1, false, '2026-10-01 00:00+00' from generate_series(1, {merchants}) n;
        insert into offer_versions (community_id, offer_id, version, title, description, extra_text, coins, max_quantity, weekdays, from_minute, to_minute, proposed_by, approval_id, proposed_at, approved_at)
        select 1, bench_id(5, n), 1, '爱心午餐', '', '', 18, 2, 127, 0, 1440, bench_id(0, 0), bench_id(0, 0), '2026-10-01 00:00+00', '2026-10-01 00:00+00' from generate_series(1, {merchants}) n;
        -- As they come: merchants by turns, day after day.
        insert into redemptions (community_id, id, hold, day, merchant_id, offer_id, offer_version, agreement_id, fen_per_coin, fund_share_percent, member_id, quantity, coins, number, channel, state,
          needs_consent, placed_at, held_until, expires_at, is_extended, placed_by, resolved_at, resolved_by, is_for_family, refunded_coins)
        select 1, bench_id(6, n), n, '2026-11-01'::date + ((n - 1) * 30 / {exchanges})::integer, bench_id(2, 1 + n % {merchants}), bench_id(5, 1 + n % {merchants}), 1, bench_id(4, 1 + n % {merchants}), 55, 75,
          bench_id(7, n % 4000), 1, 10 + n % 20, 1 + n / {merchants}, 'MerchantCode', 'Captured', false, t, t + interval '5 minutes', t + interval '5 minutes', false, bench_id(7, n % 4000),
          t + interval '1 minute', bench_id(1, 1 + n % {merchants}), false, case when n % {refundEach} = 0 then 5 else 0 end
        from generate_series(1, {exchanges}) n, lateral (select '2026-11-01 01:00+00'::timestamptz + interval '1 day' * ((n - 1) * 30 / {exchanges}) + interval '1 second' * (n % 30000) as t) at;
        insert into redemption_refunds (community_id, id, redemption_id, seq, coins, made_by, made_at, reason, is_undo)
        select community_id, bench_id(8, hold), id, {exchanges} + hold, 5, resolved_by, resolved_at + interval '1 minute', '饭不热', false from redemptions where refunded_coins > 0;
        insert into ledger_accounts (community, id, owner, kind, asset, expires_on, opened_seq, floor, balance, seq)
        select 1, 1000 + row_number() over (order by merchant_id), merchant_id, 5, 1, 0, 1, 0, sum(coins - refunded_coins), 3000000 + row_number() over (order by merchant_id) from redemptions group by merchant_id;
        insert into ledger_postings (seq, at_ms, community, kind, part, parts, request_id, actor, input_hash, hash, ref, rule)
        select seq, 1796000000000, 1, 1, 1, 1, owner, bench_id(0, 0), decode(repeat('00', 16), 'hex'), decode(repeat('00', 32), 'hex'), '', 'bench' from ledger_accounts where kind = 5;
        insert into ledger_legs (seq, from_account, to_account, amount, from_after, to_after, from_prev, to_prev, community, n)
        select seq, 999, id, balance, 0, balance, 0, 0, 1, 1 from ledger_accounts where kind = 5;
        analyze;
        """);
}
