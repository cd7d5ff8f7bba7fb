-- Rows in which a database that repeats ours differs from it, table by table, up to its head: none, or the comparison is void.
with head as materialized (select * from ledger_heads where community = 1),
p as ((select s.* from staged_postings s, head where s.seq <= head.seq) except all (select l.* from ledger_postings l, head where l.seq > $1)),
q as ((select l.* from ledger_postings l, head where l.seq > $1) except all (select s.* from staged_postings s, head where s.seq <= head.seq)),
l as ((select s.* from staged_legs s, head where s.seq <= head.seq) except all (select l.* from ledger_legs l where l.seq > $1)),
m as ((select l.* from ledger_legs l where l.seq > $1) except all (select s.* from staged_legs s, head where s.seq <= head.seq)),
a as (select x.id, x.balance, x.seq from (select distinct on (id) id, balance, seq from (
    select l.seq, l.n, x.id, x.balance from ledger_legs l cross join lateral (values (l.from_account, l.from_after), (l.to_account, l.to_after)) x (id, balance)) e order by id, seq desc, n desc) x
  join ledger_accounts c on c.community = 1 and c.id = x.id and (c.balance, c.seq) is distinct from (x.balance, x.seq)),
h as (select 1 from head left join staged_postings s on s.seq = head.seq where (head.hash, head.at_ms) is distinct from (s.hash, s.at_ms))
select (select count(*) from p) + (select count(*) from q) + (select count(*) from l) + (select count(*) from m) + (select count(*) from a) + (select count(*) from h), (select seq from head) - $1;
