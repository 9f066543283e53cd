create table api_key (
  id text collate "C" primary key,
  hash text collate "C" not null unique,
  role text not null,
  caller_id text not null,
  caller_seller_id text,
  created_at timestamptz not null,
  expires_at timestamptz
);

create table setting (
  name text collate "C" primary key,
  value text not null
);
