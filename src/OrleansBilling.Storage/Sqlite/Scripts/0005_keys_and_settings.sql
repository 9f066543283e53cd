create table api_key (
  id text primary key,
  hash text not null unique,
  role text not null,
  caller_id text not null,
  caller_seller_id text,
  created_at integer not null,
  expires_at integer
) strict, without rowid;

create table setting (
  name text primary key,
  value text not null
) strict, without rowid;
