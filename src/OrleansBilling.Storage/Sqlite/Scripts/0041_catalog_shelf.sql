-- runs with programs since: 39
-- When an entry of the catalog was created (null: before this was stored) and archived (null: it is on sale). "revision" counts its
-- edits, "edited_at" is the time of the last one, by which caches learn of it. Offers have versions instead.
alter table product add column created_at integer;
alter table product add column archived_at integer;
alter table product add column revision integer not null default 1;
alter table product add column edited_at integer;

alter table plan add column seller_id text;
alter table plan add column created_at integer;
alter table plan add column archived_at integer;
alter table plan add column revision integer not null default 1;
alter table plan add column edited_at integer;

alter table offer add column created_at integer;
alter table offer add column archived_at integer;

alter table coupon add column created_at integer;
alter table coupon add column archived_at integer;
alter table coupon add column revision integer not null default 1;

-- A plan's row repeats its seller, also if a program of before writes it.
update plan set seller_id = (select p.seller_id from product as p where p.id = plan.product_id);

create trigger plan_seller_named after insert on plan begin
  update plan set seller_id = (select p.seller_id from product as p where p.id = new.product_id) where id = new.id;
end;

create index product_of_seller on product (seller_id, id);
create index product_archived on product (id) where archived_at is not null;
create index product_edited on product (edited_at) where edited_at is not null;
create index plan_of_seller on plan (seller_id, id);
create index plan_of_product on plan (product_id, id);
create index plan_archived on plan (id) where archived_at is not null;
create index plan_edited on plan (edited_at) where edited_at is not null;
create index offer_of_seller on offer (seller_id, id);
create index offer_of_product on offer (product_id, id);
create index offer_of_plan on offer (plan_id, id);
create index offer_archived on offer (id) where archived_at is not null;
create index coupon_of_seller on coupon (seller_id, id);
create index coupon_archived on coupon (id) where archived_at is not null;
