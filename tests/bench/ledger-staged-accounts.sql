-- After ours' new postings and legs were copied: what each whole batch of 256 leaves in the accounts, for the batches not staged yet.
insert into staged_accounts
select distinct on (batch, id) batch, id, balance, seq from (
  select f.seq + (l.seq - f.seq + 255) / 256 * 256 batch, l.seq, x.id, x.balance
  from (select coalesce((select max(batch) from staged_accounts), (select seq from ledger_heads where community = 1)) seq) f
  join staged_legs l on l.seq > f.seq and l.seq <= f.seq + ((select max(seq) from staged_postings) - f.seq) / 256 * 256
  cross join lateral (values (l.from_account, l.from_after), (l.to_account, l.to_after)) x (id, balance)) e
order by batch, id, seq desc;
analyze staged_postings, staged_legs, staged_accounts;
