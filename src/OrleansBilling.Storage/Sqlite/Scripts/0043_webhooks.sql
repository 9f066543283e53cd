-- runs with programs since: 39
-- Addresses that events of the feed are sent to. "through" is the position up to which all events are delivered or wait in
-- webhook_delivery. "term" counts who sends: whoever takes an endpoint raises it, and only the last one may store progress.
create table webhook_endpoint (
  id text primary key,
  seller_id text,
  created_at integer not null,
  url text not null,
  -- One bit for each number of a type; all without it.
  types integer,
  description text,
  secret blob not null,
  past_secret blob,
  past_secret_until integer,
  disabled text,
  disabled_at integer,
  version integer not null,
  succeeded_at integer,
  failing_since integer,
  through integer not null,
  term integer not null default 0,
  replay_after integer,
  replay_through integer,
  replay_subscription_id text,
  replay_types integer,
  -- Its deliveries are removed little by little, then this row.
  removed integer not null default 0
) strict;

create index webhook_endpoint_seller on webhook_endpoint (seller_id, id);

-- Grows with each change, so that whoever sends has to look at one row only.
create table webhook_change (number integer not null) strict;
insert into webhook_change (number) values (0);

create table webhook_delivery (
  endpoint_id text not null,
  position integer not null,
  subscription_id text not null,
  sequence integer not null,
  type integer not null,
  invoice integer not null,
  seller_id text not null,
  delivered integer not null,
  attempts integer not null,
  last_at integer,
  next_at integer,
  status integer,
  milliseconds integer,
  fault text,
  primary key (endpoint_id, position)
) strict, without rowid;

create index webhook_delivery_waiting on webhook_delivery (endpoint_id, position) where not delivered;
create index webhook_delivery_over on webhook_delivery (last_at) where delivered;
