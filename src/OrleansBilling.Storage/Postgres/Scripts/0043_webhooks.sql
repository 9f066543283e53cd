-- runs with programs since: 39
-- Addresses that events of the feed are sent to. "through" is the position up to which all events are delivered or wait in
-- webhook_delivery. "term" counts who sends: whoever takes an endpoint raises it, and only the last one may store progress.
create table webhook_endpoint (
  id text collate "C" primary key,
  seller_id text collate "C",
  created_at timestamptz not null,
  url text not null,
  -- One bit for each number of a type; all without it.
  types bigint,
  description text,
  secret bytea not null,
  past_secret bytea,
  past_secret_until timestamptz,
  disabled text,
  disabled_at timestamptz,
  version bigint not null,
  succeeded_at timestamptz,
  failing_since timestamptz,
  through bigint not null,
  term bigint not null default 0,
  replay_after bigint,
  replay_through bigint,
  replay_subscription_id text,
  replay_types bigint,
  -- Its deliveries are removed little by little, then this row.
  removed boolean not null default false
);

create index webhook_endpoint_seller on webhook_endpoint (seller_id, id);

-- Grows with each change, so that whoever sends has to look at one row only.
create table webhook_change (number bigint not null);
insert into webhook_change (number) values (0);

create table webhook_delivery (
  endpoint_id text collate "C" not null,
  position bigint not null,
  subscription_id text collate "C" not null,
  sequence bigint not null,
  type smallint not null,
  invoice integer not null,
  seller_id text collate "C" not null,
  delivered boolean not null,
  attempts integer not null,
  last_at timestamptz,
  next_at timestamptz,
  status integer,
  milliseconds integer,
  fault text,
  primary key (endpoint_id, position)
);

create index webhook_delivery_waiting on webhook_delivery (endpoint_id, position) where not delivered;
create index webhook_delivery_over on webhook_delivery (last_at) where delivered;
