-- The columns by which subscriptions are listed and that hardly ever change.
create table directory (
  id text primary key,
  seller_id text not null,
  product_id text not null,
  plan_id text not null,
  offer_id text not null,
  customer_id text not null
) strict, without rowid;

create index directory_seller on directory (seller_id, id);
create index directory_product on directory (product_id, id);
create index directory_plan on directory (plan_id, id);
create index directory_offer on directory (offer_id, id);
create index directory_customer on directory (customer_id, id);
