create table api_key (
  id text primary key,
  hash text not null unique,
  role text not null,
  caller_id text not null,
  caller_seller_id text,
  created_at integer not null,
  expires_at integer
) strict, without rowid;

create index api_key_expiry on api_key (expires_at) where expires_at is not null;

create table setting (
  name text primary key,
  value text not null
) strict, without rowid;
