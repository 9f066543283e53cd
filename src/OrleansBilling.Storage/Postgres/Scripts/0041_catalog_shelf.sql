-- runs with programs since: 39
-- When an entry of the catalog was created (null: before this was stored) and archived (null: it is on sale). "revision" counts its
-- edits, "edited_at" is the database's own time of the last one, by which processes learn of it. Offers have versions instead.
alter table product add column created_at timestamptz;
alter table product add column archived_at timestamptz;
alter table product add column revision integer not null default 1;
alter table product add column edited_at timestamptz;

alter table plan add column seller_id text collate "C";
alter table plan add column created_at timestamptz;
alter table plan add column archived_at timestamptz;
alter table plan add column revision integer not null default 1;
alter table plan add column edited_at timestamptz;

alter table offer add column created_at timestamptz;
alter table offer add column archived_at timestamptz;

alter table coupon add column created_at timestamptz;
alter table coupon add column archived_at timestamptz;
alter table coupon add column revision integer not null default 1;

-- A plan's row repeats its seller, also if a program of before writes it.
update plan set seller_id = p.seller_id from product as p where p.id = plan.product_id;

create function name_seller_of_plan() returns trigger language plpgsql as $$
begin
  new.seller_id := (select p.seller_id from product as p where p.id = new.product_id);
  return new;
end
$$;

create trigger seller_named before insert on plan for each row execute function name_seller_of_plan();
