-- What-ifs on the live book: what waits, what runs (held by "runner" until its lease is over), and what came of it, for
-- every process. An owner has one that waits; its older ones go by number, bytes and age.
create table simulation (
  id text primary key,
  owner text not null,
  fingerprint integer not null,
  asked_at integer not null,
  question text not null,
  status text not null,
  starts integer not null default 0,
  started_at integer,
  runner text,
  lease_until integer,
  done integer not null default 0,
  result text,
  failure_code text,
  failure_detail text
) strict;

create unique index simulation_waiting on simulation (owner) where status = 'queued';
create index simulation_unfinished on simulation (status, asked_at) where status in ('queued', 'running');
create index simulation_owner on simulation (owner, asked_at, id);
create index simulation_asked on simulation (asked_at, id);
