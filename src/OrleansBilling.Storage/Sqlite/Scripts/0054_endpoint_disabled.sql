-- An endpoint as it was when it was disabled by whoever sends to it, without its secrets: the content of an event of the feed, which is
-- kept as long as the feed is. The event's subject is 'endpoint/' and the endpoint's id, and its sequence leads here.
create table webhook_disabling (
  sequence integer primary key autoincrement,
  endpoint_id text not null,
  seller_id text,
  created_at integer not null,
  url text not null,
  types integer,
  description text,
  past_secret_until integer,
  disabled text not null,
  disabled_at integer not null,
  version integer not null,
  succeeded_at integer,
  failing_since integer
) strict;
