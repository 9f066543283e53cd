-- Usage events and unique keys that were counted, so that none is counted twice.
create table usage_key (
  subscription_id text collate "C" not null,
  key text collate "C" not null,
  primary key (subscription_id, key)
);
