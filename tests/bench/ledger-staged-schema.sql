-- Where ours' rows wait to be written again: unlogged, so that waiting costs nothing.
create unlogged table staged_postings (like ledger_postings);
create unlogged table staged_legs (like ledger_legs);
create unlogged table staged_accounts (batch bigint not null, id bigint not null, balance bigint not null, seq bigint not null);
create index on staged_postings (seq);
create index on staged_legs (seq);
create index on staged_accounts (batch);
