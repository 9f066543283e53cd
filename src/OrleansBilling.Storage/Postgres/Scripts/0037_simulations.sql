-- What-ifs on the live book: what waits, what runs (held by "runner" until its lease is over), and what came of it, for
-- every process. An owner has one that waits; its older ones go by number, bytes and age.
create table simulation (
  id text collate "C" primary key,
  owner text collate "C" not null,
  fingerprint bigint not null,
  asked_at timestamptz not null,
  question text not null,
  status text not null,
  starts integer not null default 0,
  started_at timestamptz,
  runner text,
  lease_until timestamptz,
  done bigint not null default 0,
  result text,
  failure_code text,
  failure_detail text
);

create unique index simulation_waiting on simulation (owner) where status = 'queued';
create index simulation_unfinished on simulation (status, asked_at) where status in ('queued', 'running');
create index simulation_owner on simulation (owner, asked_at, id);
create index simulation_asked on simulation (asked_at, id);
