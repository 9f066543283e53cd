-- runs with programs since: 39
-- What requests were answered under their idempotency keys, until "forget_at". Without a status, "holder" is doing the
-- request until its lease is over. "secrecy" says what "content" is: the answer, its cipher, or nothing.
create table request_memory (
  id text collate "C" primary key,
  fingerprint bigint not null,
  holder text not null,
  claimed_at timestamptz not null,
  lease_until timestamptz not null,
  forget_at timestamptz not null,
  status integer,
  secrecy text,
  location text,
  tag text,
  content bytea
);

create index request_memory_forget on request_memory (forget_at);

-- The keys by which secrets are encrypted, each encrypted by the master key, which is not in the database.
create table key_ring (
  id text collate "C" primary key,
  master text not null,
  content bytea not null
);
