-- Idempotency keys that no longer stand in the snapshot of their subscription, some dozens in a row: "version" is that
-- which the newest of them produced, "data" is JSON. A day later a commit of that subscription deletes them.
create table key_page (
  subscription_id text collate "C" not null,
  version bigint not null,
  data text not null,
  primary key (subscription_id, version)
);
