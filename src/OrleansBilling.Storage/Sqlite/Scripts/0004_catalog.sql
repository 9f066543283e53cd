-- Rows are written once and never changed.
create table product (
  id text primary key,
  seller_id text not null,
  data text not null
) strict, without rowid;

create table plan (
  id text primary key,
  product_id text not null references product (id),
  data text not null
) strict, without rowid;

create table offer (
  id text primary key,
  plan_id text not null references plan (id),
  product_id text not null references product (id),
  seller_id text not null,
  currency text not null
) strict, without rowid;

create table offer_version (
  id text not null references offer (id),
  version integer not null,
  amount integer not null,
  primary key (id, version)
) strict, without rowid;
