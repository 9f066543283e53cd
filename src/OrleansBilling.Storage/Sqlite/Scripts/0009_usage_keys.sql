-- Usage events and unique keys that were counted, so that none is counted twice.
create table usage_key (
  subscription_id text not null,
  key text not null,
  primary key (subscription_id, key)
) strict, without rowid;
