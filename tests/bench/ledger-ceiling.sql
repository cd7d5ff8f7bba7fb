-- The most that set-based SQL does with the ledger's own tables: one statement applies 256 transfers of 1 coin between random accounts, one commit.
-- It writes what ours writes, row for row: postings, legs with balances after, accounts, head. (Its hashes are only as long as real ones.)
with h as materialized (select seq, at_ms from ledger_heads where community = 1 for update),
r as materialized (select i, gen_random_uuid() rid, (2 + floor(random() * 5000))::bigint f, (5002 + floor(random() * 5000))::bigint t from generate_series(1, 256) i),
p as (insert into ledger_postings (community, seq, kind, at_ms, part, parts, request_id, actor, input_hash, hash, ref, rule)
  select 1, h.seq + r.i, 3, h.at_ms + 1, 1, 1, r.rid, '00000000-0000-0000-0000-000000000000', uuid_send(r.rid), sha256(uuid_send(r.rid)), 'bench:1', 'bench/1' from r, h),
e as materialized (select i, 1 s, f acc, -1 d from r union all select i, 2, t, 1 from r),
m as (select acc, sum(d)::bigint d, max(i) i from e group by acc),
b as materialized (select a.id, a.balance, a.seq from ledger_accounts a join m on a.community = 1 and a.id = m.acc),
u as (update ledger_accounts a set balance = a.balance + m.d, seq = h.seq + m.i from m, h where a.community = 1 and a.id = m.acc),
w as materialized (select e.i, e.s, b.balance + sum(e.d) over o "after", coalesce(h.seq + lag(e.i) over o, b.seq) prev
  from h, e join b on b.id = e.acc window o as (partition by e.acc order by e.i rows unbounded preceding)),
l as (insert into ledger_legs (community, seq, n, from_account, to_account, amount, from_after, to_after, from_prev, to_prev)
  select 1, h.seq + r.i, 1, r.f, r.t, 1, x."after", y."after", x.prev, y.prev from h, r join w x on x.i = r.i and x.s = 1 join w y on y.i = r.i and y.s = 2)
update ledger_heads set seq = h.seq + 256, at_ms = h.at_ms + 1, hash = sha256(int8send(h.seq)) from h where community = 1;
