-- runs with programs since: 39
-- An endpoint as it was when it was disabled by whoever sends to it, without its secrets: the content of an event of the feed, which is
-- kept as long as the feed is. The event's subject is 'endpoint/' and the endpoint's id, and its sequence leads here.
create table webhook_disabling (
  sequence bigserial primary key,
  endpoint_id text collate "C" not null,
  seller_id text collate "C",
  created_at timestamptz not null,
  url text not null,
  types bigint,
  description text,
  past_secret_until timestamptz,
  disabled text not null,
  disabled_at timestamptz not null,
  version bigint not null,
  succeeded_at timestamptz,
  failing_since timestamptz
);
