-- concurrent
-- runs with programs since: 39
-- The lists of the catalog: each by one owner, what is archived, and what was edited lately.
create index concurrently if not exists product_of_seller on product (seller_id, id);
create index concurrently if not exists product_archived on product (id) where archived_at is not null;
create index concurrently if not exists product_created on product (created_at);
create index concurrently if not exists product_edited on product (edited_at) where edited_at is not null;
create index concurrently if not exists plan_of_seller on plan (seller_id, id);
create index concurrently if not exists plan_of_product on plan (product_id, id);
create index concurrently if not exists plan_archived on plan (id) where archived_at is not null;
create index concurrently if not exists plan_created on plan (created_at);
create index concurrently if not exists plan_edited on plan (edited_at) where edited_at is not null;
create index concurrently if not exists offer_of_seller on offer (seller_id, id);
create index concurrently if not exists offer_of_product on offer (product_id, id);
create index concurrently if not exists offer_of_plan on offer (plan_id, id);
create index concurrently if not exists offer_archived on offer (id) where archived_at is not null;
create index concurrently if not exists offer_created on offer (created_at);
create index concurrently if not exists coupon_of_seller on coupon (seller_id, id);
create index concurrently if not exists coupon_archived on coupon (id) where archived_at is not null;
create index concurrently if not exists coupon_created on coupon (created_at);
