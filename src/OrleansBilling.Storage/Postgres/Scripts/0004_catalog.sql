-- Rows are written once and never changed.
create table product (
  id text collate "C" primary key,
  seller_id text collate "C" not null,
  data jsonb not null
);

create table plan (
  id text collate "C" primary key,
  product_id text collate "C" not null references product (id),
  data jsonb not null
);

create table offer (
  id text collate "C" primary key,
  plan_id text collate "C" not null references plan (id),
  product_id text collate "C" not null references product (id),
  seller_id text collate "C" not null,
  currency text not null
);

create table offer_version (
  id text collate "C" not null references offer (id),
  version integer not null,
  amount bigint not null,
  primary key (id, version)
);
