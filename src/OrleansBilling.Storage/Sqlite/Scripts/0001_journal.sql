-- "state" and "data" are JSON in text, to be read in any SQLite shell; instants are milliseconds since 1970-01-01 UTC.
create table subscription (
  id text primary key,
  version integer not null,
  due_at integer,
  status text not null,
  state text not null
) strict;

create index subscription_due on subscription (due_at, id) where due_at is not null;
create index subscription_status on subscription (status, id);

-- Append only; one row per version of a subscription. A table in order of arrival with a narrow index beside it: rows
-- clustered by key would rewrite one wide page per event.
create table event (
  subscription_id text not null,
  sequence integer not null,
  at integer not null,
  type text not null,
  data text not null,
  primary key (subscription_id, sequence)
) strict;
