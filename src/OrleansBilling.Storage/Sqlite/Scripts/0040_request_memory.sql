-- runs with programs since: 39
-- What requests were answered under their idempotency keys, until "forget_at". Without a status, "holder" is doing the
-- request until its lease is over. "secrecy" says what "content" is: the answer, its cipher, or nothing.
create table request_memory (
  id text primary key,
  fingerprint integer not null,
  holder text not null,
  claimed_at integer not null,
  lease_until integer not null,
  forget_at integer not null,
  status integer,
  secrecy text,
  location text,
  tag text,
  content blob
) strict;

create index request_memory_forget on request_memory (forget_at);

-- The keys by which secrets are encrypted, each encrypted by the master key, which is not in the database.
create table key_ring (
  id text primary key,
  master text not null,
  content blob not null
) strict;
