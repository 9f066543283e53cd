-- The customers of the marketplace, the only place of names, addresses and tax numbers, but for the words of names that the search keeps
-- (script 0048). A commit that creates a subscription adds the customer that it names.
-- "data" is JSON: name, locale, tax id, channels, metadata. Customers of before are filled in by the program.
create table customer (
  id text primary key,
  created_at integer not null,
  revision integer not null default 1,
  email text,
  country text,
  data text not null default '{}'
) strict, without rowid;

create index customer_recent on customer (created_at, id);
create index customer_email on customer (lower(email), created_at, id);

-- Which sellers may see a customer: those that it has, or had, a subscription of. "created_at" repeats that of the customer.
create table customer_seller (
  seller_id text not null,
  customer_id text not null,
  created_at integer not null,
  primary key (seller_id, customer_id)
) strict, without rowid;

create index customer_seller_recent on customer_seller (seller_id, created_at, customer_id);
