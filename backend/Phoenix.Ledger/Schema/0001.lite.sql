-- The ledger on SQLite: the same tables as 0001.pg.sql, row for row.
create table ledger_heads (
  community     integer primary key check (community > 0),
  seq           integer not null default 0 check (seq >= 0),
  hash          blob    not null default (zeroblob(32)) check (length(hash) = 32),
  at_ms         integer not null default 0,
  accounts      integer not null default 0 check (accounts >= 0),
  issue_frozen  integer not null default 0 check (issue_frozen in (0, 1)),
  redeem_frozen integer not null default 0 check (redeem_frozen in (0, 1)),
  grace_days    integer not null default 0 check (grace_days between 0 and 366)
) strict;

create table ledger_accounts (
  community  integer not null references ledger_heads (community),
  id         integer not null check (id > 0),
  owner      blob    not null check (length(owner) = 16),
  kind       integer not null check (kind between 1 and 11),
  asset      integer not null check (asset in (1, 2)),
  expires_on integer not null check (expires_on = 0 or (kind = 2 and expires_on between 20000101 and 99991231)),
  opened_seq integer not null check (opened_seq > 0),
  floor      integer not null check (floor between -4611686018427387904 and 0),
  ceiling    integer check (ceiling between 0 and 4611686018427387904),
  balance    integer not null,
  seq        integer not null,
  primary key (community, id),
  unique (community, owner, kind, asset, expires_on),
  constraint ledger_accounts_bounds check (balance >= floor and balance <= coalesce(ceiling, 4611686018427387904)),
  check (kind <> 2 or expires_on > 0)
) strict, without rowid;

create index ledger_accounts_opened on ledger_accounts (community, opened_seq);

create table ledger_postings (
  seq         integer not null check (seq > 0),
  at_ms       integer not null,
  community   integer not null,
  kind        integer not null,
  part        integer not null,
  parts       integer not null,
  request_id  blob    not null check (length(request_id) = 16),
  actor       blob    not null check (length(actor) = 16),
  input_hash  blob    not null,
  hash        blob    not null,
  ref         text    not null,
  rule        text    not null,
  text_commit blob,
  subject     integer,
  until_ms    integer,
  shortfall   integer,
  extra       text,
  primary key (community, seq),
  unique (community, request_id, part),
  check (part between 1 and parts and length(hash) = 32 and length(input_hash) = 16 and length(ref) <= 64 and length(rule) <= 64 and shortfall > 0)
) strict, without rowid;

create table ledger_legs (
  seq          integer not null,
  from_account integer not null,
  to_account   integer not null,
  amount       integer not null,
  from_after   integer not null,
  to_after     integer not null,
  from_prev    integer not null,
  to_prev      integer not null,
  community    integer not null,
  n            integer not null,
  primary key (community, seq, n),
  check (amount > 0 and from_account <> to_account and from_prev < seq and to_prev < seq and n > 0)
) strict, without rowid;

create table ledger_texts (
  community integer not null,
  seq       integer not null,
  salt      blob,
  text      text check (length(text) <= 200),
  primary key (community, seq),
  check ((salt is null) = (text is null))
) strict, without rowid;

create table ledger_reversals (
  community integer not null,
  target    integer not null,
  by_seq    integer not null,
  shortfall integer not null check (shortfall >= 0),
  primary key (community, target),
  check (by_seq > target)
) strict, without rowid;

create table ledger_holds (
  community     integer not null,
  hold          integer not null,
  owner         blob    not null check (length(owner) = 16),
  asset         integer not null,
  to_account    integer not null,
  amount        integer not null check (amount > 0),
  expires_at_ms integer not null,
  extended      integer not null default 0 check (extended in (0, 1)),
  captured      integer not null default 0,
  refunded      integer not null default 0,
  resolved      integer not null default 0 check (resolved in (0, 1)),
  seq           integer not null,
  primary key (community, hold),
  check (captured between 0 and amount and refunded between 0 and captured)
) strict, without rowid;
create index ledger_holds_owner on ledger_holds (community, owner, hold) where not resolved;
create index ledger_holds_due on ledger_holds (expires_at_ms) where not resolved;

create table ledger_hold_legs (
  community integer not null,
  hold      integer not null,
  n         integer not null,
  lot       integer not null,
  amount    integer not null check (amount > 0),
  primary key (community, hold, n),
  foreign key (community, hold) references ledger_holds (community, hold)
) strict, without rowid;

create table ledger_hold_resolutions (
  community integer not null,
  hold      integer not null,
  kind      integer not null check (kind in (11, 12, 13)),
  seq       integer not null,
  primary key (community, hold),
  foreign key (community, hold) references ledger_holds (community, hold)
) strict, without rowid;

create table ledger_counters (
  community integer not null references ledger_heads (community),
  key       text    not null check (length(key) between 1 and 64),
  period    integer not null,
  used      integer not null,
  cap       integer not null,
  primary key (community, key, period),
  check (used between 0 and cap)
) strict, without rowid;

create trigger ledger_postings_update before update on ledger_postings begin select raise(abort, 'ledger: update is refused'); end;
create trigger ledger_postings_delete before delete on ledger_postings begin select raise(abort, 'ledger: delete is refused'); end;
create trigger ledger_legs_update before update on ledger_legs begin select raise(abort, 'ledger: update is refused'); end;
create trigger ledger_legs_delete before delete on ledger_legs begin select raise(abort, 'ledger: delete is refused'); end;
create trigger ledger_reversals_update before update on ledger_reversals begin select raise(abort, 'ledger: update is refused'); end;
create trigger ledger_reversals_delete before delete on ledger_reversals begin select raise(abort, 'ledger: delete is refused'); end;
create trigger ledger_hold_legs_update before update on ledger_hold_legs begin select raise(abort, 'ledger: update is refused'); end;
create trigger ledger_hold_legs_delete before delete on ledger_hold_legs begin select raise(abort, 'ledger: delete is refused'); end;
create trigger ledger_hold_resolutions_update before update on ledger_hold_resolutions begin select raise(abort, 'ledger: update is refused'); end;
create trigger ledger_hold_resolutions_delete before delete on ledger_hold_resolutions begin select raise(abort, 'ledger: delete is refused'); end;
create trigger ledger_accounts_delete before delete on ledger_accounts begin select raise(abort, 'ledger: delete is refused'); end;
create trigger ledger_accounts_fixed before update of community, id, owner, kind, asset, expires_on, opened_seq, floor, ceiling on ledger_accounts begin select raise(abort, 'ledger: update is refused'); end;
create trigger ledger_heads_delete before delete on ledger_heads begin select raise(abort, 'ledger: delete is refused'); end;
create trigger ledger_holds_delete before delete on ledger_holds begin select raise(abort, 'ledger: delete is refused'); end;
create trigger ledger_holds_fixed before update of community, hold, owner, asset, to_account, amount on ledger_holds begin select raise(abort, 'ledger: update is refused'); end;
create trigger ledger_counters_delete before delete on ledger_counters begin select raise(abort, 'ledger: delete is refused'); end;
create trigger ledger_texts_delete before delete on ledger_texts begin select raise(abort, 'ledger: delete is refused'); end;
create trigger ledger_texts_fixed before update of community, seq on ledger_texts begin select raise(abort, 'ledger: update is refused'); end;
create trigger ledger_texts_erase before update on ledger_texts when new.salt is not null or new.text is not null
begin select raise(abort, 'ledger: a text can only be erased'); end;
create trigger ledger_holds_forward before update on ledger_holds
when (old.captured <> 0 and new.captured <> old.captured) or new.refunded < old.refunded or (old.extended and not new.extended) or (old.resolved and not new.resolved)
  or (old.extended and new.expires_at_ms <> old.expires_at_ms) or new.expires_at_ms < old.expires_at_ms
begin select raise(abort, 'ledger: a hold only goes forward'); end;
create trigger ledger_heads_forward before update on ledger_heads
when new.community <> old.community or new.seq < old.seq or new.at_ms < old.at_ms or new.accounts < old.accounts or (new.seq = old.seq and new.hash <> old.hash)
begin select raise(abort, 'ledger: a head only goes forward'); end;
