-- The columns by which subscriptions are listed and that hardly ever change, apart from the row that every commit
-- rewrites: their indexes are written once per subscription.
create table directory (
  id text collate "C" primary key,
  seller_id text collate "C" not null,
  product_id text collate "C" not null,
  plan_id text collate "C" not null,
  offer_id text collate "C" not null,
  customer_id text collate "C" not null
);

create index directory_seller on directory (seller_id, id);
create index directory_product on directory (product_id, id);
create index directory_plan on directory (plan_id, id);
create index directory_offer on directory (offer_id, id);
create index directory_customer on directory (customer_id, id);
