create table api_key (
  id text collate "C" primary key,
  hash text collate "C" not null unique,
  role text not null,
  caller_id text not null,
  caller_seller_id text,
  created_at timestamptz not null,
  expires_at timestamptz
);

create index api_key_expiry on api_key (expires_at) where expires_at is not null;

create table setting (
  name text collate "C" primary key,
  value text not null
);
