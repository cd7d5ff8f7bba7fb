-- The ledger on PostgreSQL. Instants are Unix milliseconds (UTC), days are numbers yyyymmdd (0: none), amounts are whole units.
-- The meaning of every column that is hashed: backend/decisions/0003-journal-canonical-form.md.
create table ledger_heads (
  community     integer  primary key check (community > 0),
  seq           bigint   not null default 0 check (seq >= 0),
  hash          bytea    not null default decode(repeat('00', 32), 'hex') check (octet_length(hash) = 32),
  at_ms         bigint   not null default 0,
  accounts      bigint   not null default 0 check (accounts >= 0),
  issue_frozen  boolean  not null default false,
  redeem_frozen boolean  not null default false,
  grace_days    smallint not null default 0 check (grace_days between 0 and 366)
) with (fillfactor = 10);

create table ledger_accounts (
  community  integer  not null references ledger_heads (community),
  id         bigint   not null check (id > 0),
  owner      uuid     not null,
  kind       smallint not null check (kind between 1 and 11),
  asset      smallint not null check (asset in (1, 2)),
  expires_on integer  not null check (expires_on = 0 or (kind = 2 and expires_on between 20000101 and 99991231)),
  opened_seq bigint   not null check (opened_seq > 0),
  floor      bigint   not null check (floor between -4611686018427387904 and 0),
  ceiling    bigint   check (ceiling between 0 and 4611686018427387904),
  balance    bigint   not null,
  seq        bigint   not null,  -- the last posting that touched it; guards every update
  primary key (community, id),
  unique (community, owner, kind, asset, expires_on),
  constraint ledger_accounts_bounds check (balance >= floor and balance <= coalesce(ceiling, 4611686018427387904)),
  check (kind <> 2 or expires_on > 0)
) with (fillfactor = 50);

create index ledger_accounts_opened on ledger_accounts (community, opened_seq);

create table ledger_postings (
  seq         bigint   not null check (seq > 0),
  at_ms       bigint   not null,
  community   integer  not null,
  kind        smallint not null,
  part        smallint not null,  -- 1 to parts: its place among the linked postings of one request
  parts       smallint not null,
  request_id  uuid     not null,
  actor       uuid     not null,
  input_hash  bytea    not null,
  hash        bytea    not null,
  ref         text     not null,
  rule        text     not null,
  text_commit bytea,
  subject     bigint,
  until_ms    bigint,
  shortfall   bigint,
  extra       text,
  primary key (community, seq),
  unique (community, request_id, part),
  check (part between 1 and parts and octet_length(hash) = 32 and octet_length(input_hash) = 16 and length(ref) <= 64 and length(rule) <= 64 and shortfall > 0)
);

-- One row moves units between two accounts, so every posting balances by construction.
create table ledger_legs (
  seq          bigint   not null,
  from_account bigint   not null,
  to_account   bigint   not null,
  amount       bigint   not null,
  from_after   bigint   not null,
  to_after     bigint   not null,
  from_prev    bigint   not null,  -- the posting that touched the account before this one (0: none): an account's history is a chain, no index needed
  to_prev      bigint   not null,
  community    integer  not null,
  n            smallint not null,
  primary key (community, seq, n),
  check (amount > 0 and from_account <> to_account and from_prev < seq and to_prev < seq and n > 0)
);

create table ledger_texts (
  community integer not null,
  seq       bigint  not null,
  salt      bytea,
  text      text check (length(text) <= 200),
  primary key (community, seq),
  check ((salt is null) = (text is null))
);

create table ledger_reversals (
  community integer not null,
  target    bigint  not null,
  by_seq    bigint  not null,
  shortfall bigint  not null check (shortfall >= 0),
  primary key (community, target),
  check (by_seq > target)
);

create table ledger_holds (
  community     integer  not null,
  hold          bigint   not null,  -- the seq of the posting that placed it
  owner         uuid     not null,
  asset         smallint not null,
  to_account    bigint   not null,
  amount        bigint   not null check (amount > 0),
  expires_at_ms bigint   not null,
  extended      boolean  not null default false,
  captured      bigint   not null default 0,
  refunded      bigint   not null default 0,
  resolved      boolean  not null default false,  -- has a row in ledger_hold_resolutions
  seq           bigint   not null,  -- the last posting about it; guards every update
  primary key (community, hold),
  check (captured between 0 and amount and refunded between 0 and captured)
) with (fillfactor = 70);
create index ledger_holds_owner on ledger_holds (community, owner, hold) where not resolved;
create index ledger_holds_due on ledger_holds (expires_at_ms) where not resolved;

create table ledger_hold_legs (
  community integer  not null,
  hold      bigint   not null,
  n         smallint not null,
  lot       bigint   not null,
  amount    bigint   not null check (amount > 0),
  primary key (community, hold, n),
  foreign key (community, hold) references ledger_holds (community, hold)
);

create table ledger_hold_resolutions (
  community integer  not null,
  hold      bigint   not null,
  kind      smallint not null check (kind in (11, 12, 13)),
  seq       bigint   not null,
  primary key (community, hold),
  foreign key (community, hold) references ledger_holds (community, hold)
);

create table ledger_counters (
  community integer not null references ledger_heads (community),
  key       text    not null check (length(key) between 1 and 64),
  period    integer not null,
  used      bigint  not null,
  cap       bigint  not null,
  primary key (community, key, period),
  check (used between 0 and cap)
) with (fillfactor = 50);

-- The journal only grows, whoever asks. Statement triggers cost nothing while nobody tries.
create function ledger_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'ledger: % on % is refused', tg_op, tg_table_name using errcode = '23L01';
end $$;
create trigger ledger_postings_grow before update or delete or truncate on ledger_postings execute function ledger_refuse();
create trigger ledger_legs_grow before update or delete or truncate on ledger_legs execute function ledger_refuse();
create trigger ledger_reversals_grow before update or delete or truncate on ledger_reversals execute function ledger_refuse();
create trigger ledger_hold_legs_grow before update or delete or truncate on ledger_hold_legs execute function ledger_refuse();
create trigger ledger_hold_resolutions_grow before update or delete or truncate on ledger_hold_resolutions execute function ledger_refuse();
create trigger ledger_accounts_keep before delete or truncate on ledger_accounts execute function ledger_refuse();
create trigger ledger_accounts_fixed before update of community, id, owner, kind, asset, expires_on, opened_seq, floor, ceiling on ledger_accounts execute function ledger_refuse();
create trigger ledger_heads_keep before delete or truncate on ledger_heads execute function ledger_refuse();
create trigger ledger_holds_keep before delete or truncate on ledger_holds execute function ledger_refuse();
create trigger ledger_holds_fixed before update of community, hold, owner, asset, to_account, amount on ledger_holds execute function ledger_refuse();
create trigger ledger_counters_keep before delete or truncate on ledger_counters execute function ledger_refuse();
create trigger ledger_texts_keep before delete or truncate on ledger_texts execute function ledger_refuse();
create trigger ledger_texts_fixed before update of community, seq on ledger_texts execute function ledger_refuse();

-- A text can be erased, never rewritten.
create function ledger_erase_only() returns trigger language plpgsql as $$
begin
  if new.salt is not null or new.text is not null then
    raise exception 'ledger: a text can only be erased' using errcode = '23L01';
  end if;
  return new;
end $$;
create trigger ledger_texts_erase before update on ledger_texts for each row execute function ledger_erase_only();

-- A hold's captured never changes once set, its refunded only grows, its extension happens once.
create function ledger_hold_forward() returns trigger language plpgsql as $$
begin
  if (old.captured <> 0 and new.captured <> old.captured) or new.refunded < old.refunded or (old.extended and not new.extended) or (old.resolved and not new.resolved)
     or (old.extended and new.expires_at_ms <> old.expires_at_ms) or new.expires_at_ms < old.expires_at_ms then
    raise exception 'ledger: a hold only goes forward' using errcode = '23L01';
  end if;
  return new;
end $$;
create trigger ledger_holds_forward before update on ledger_holds for each row execute function ledger_hold_forward();

-- The head only goes forward.
create function ledger_head_forward() returns trigger language plpgsql as $$
begin
  if new.community <> old.community or new.seq < old.seq or new.at_ms < old.at_ms or new.accounts < old.accounts or (new.seq = old.seq and new.hash <> old.hash) then
    raise exception 'ledger: a head only goes forward' using errcode = '23L01';
  end if;
  return new;
end $$;
create trigger ledger_heads_forward before update on ledger_heads for each row execute function ledger_head_forward();

-- Ends the transaction when a guarded update did not meet exactly the rows it was decided on.
create function ledger_assert(got bigint, want bigint) returns void language plpgsql as $$
begin
  if got <> want then
    raise exception 'ledger: % rows where % were expected', got, want using errcode = '40001';
  end if;
end $$;

comment on table ledger_heads is 'One row a community: the journal''s last posting and the freeze flags; its lock orders the writers.';
comment on table ledger_accounts is 'What each account has now, with its bounds; derivable from the legs at any time, and checked.';
comment on table ledger_postings is 'The journal: one row a posting, chained by hash; rows are only ever added.';
comment on table ledger_legs is 'What each posting moved: one row names both accounts, so every posting balances by construction.';
comment on table ledger_texts is 'The reasons people gave, apart from the hashed journal, so that they can be erased.';
comment on table ledger_reversals is 'Which posting took back which, once each.';
comment on table ledger_holds is 'Coins set aside for a merchant until they are captured, released or expire.';
comment on table ledger_hold_legs is 'Which lots a hold took its coins from, so that they go back exactly.';
comment on table ledger_hold_resolutions is 'How each hold ended: one row at most, ever.';
comment on table ledger_counters is 'Stock and limits, counted in the transaction of the posting that uses them.';
