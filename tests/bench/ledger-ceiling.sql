-- A ledger in set-based SQL: one prepared statement, one commit, 256 of ours' transfers. It reads the accounts, works out every balance after and every
-- account's previous posting, and writes the same rows. Hashes and ids lie ready in the server's memory: SQL has no client, no queue and no answers.
with h as materialized (select seq from ledger_heads where community = 1 for update),
r as materialized (select s.seq, s.from_account f, s.to_account t, s.amount from h, staged_legs s where s.seq > h.seq and s.seq <= h.seq + 256),
p as (insert into ledger_postings select s.* from h, staged_postings s where s.seq > h.seq and s.seq <= h.seq + 256),
e as materialized (select seq, 1 side, f account, -amount d from r union all select seq, 2, t, amount from r),
m as materialized (select account, sum(d)::bigint d, max(seq) seq from e group by account),
b as materialized (select a.id, a.balance, a.seq from m join ledger_accounts a on a.community = 1 and a.id = m.account),
u as (update ledger_accounts a set balance = a.balance + m.d, seq = m.seq from m where a.community = 1 and a.id = m.account),
w as materialized (select e.seq, e.side, b.balance + sum(e.d) over o "after", coalesce(lag(e.seq) over o, b.seq) prev
  from e join b on b.id = e.account window o as (partition by e.account order by e.seq rows unbounded preceding)),
l as (insert into ledger_legs (community, seq, n, from_account, to_account, amount, from_after, to_after, from_prev, to_prev)
  select 1, r.seq, 1, r.f, r.t, r.amount, x."after", y."after", x.prev, y.prev from r join w x on x.seq = r.seq and x.side = 1 join w y on y.seq = r.seq and y.side = 2)
update ledger_heads set seq = s.seq, at_ms = s.at_ms, hash = s.hash from h, staged_postings s where ledger_heads.community = 1 and s.seq = h.seq + 256;
