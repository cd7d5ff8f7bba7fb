-- The usual alternative: a stored function per transfer, rows locked in order, no chain.
create table f_accounts (id bigint primary key, balance bigint not null check (balance >= 0), seq bigint not null default 0) with (fillfactor = 50);
create table f_transfers (id bigint generated always as identity primary key, request_id uuid not null unique, from_id bigint not null, to_id bigint not null, amount bigint not null);
create table f_entries (account bigint not null, seq bigint not null, transfer bigint not null, amount bigint not null, balance_after bigint not null, primary key (account, seq));
create function f_post(p_request uuid, p_from bigint, p_to bigint, p_amount bigint) returns bigint language plpgsql as $$
declare t bigint; fb bigint; fs bigint; tb bigint; ts bigint;
begin
  insert into f_transfers (request_id, from_id, to_id, amount) values (p_request, p_from, p_to, p_amount) on conflict (request_id) do nothing returning id into t;
  if t is null then return 0; end if;
  perform 1 from f_accounts where id in (p_from, p_to) order by id for update;
  update f_accounts set balance = balance - p_amount, seq = seq + 1 where id = p_from returning balance, seq into fb, fs;
  update f_accounts set balance = balance + p_amount, seq = seq + 1 where id = p_to returning balance, seq into tb, ts;
  insert into f_entries values (p_from, fs, t, -p_amount, fb), (p_to, ts, t, p_amount, tb);
  return t;
end $$;
insert into f_accounts (id, balance) select i, 1000000000 from generate_series(1, 10000) i;
