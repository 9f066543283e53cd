-- What each seller has in the catalog, counted as it is added, so that its limits cost one row to check.
create table seller_catalog (
  seller_id text not null,
  kind text not null,
  entries integer not null,
  primary key (seller_id, kind)
) strict, without rowid;

insert into seller_catalog (seller_id, kind, entries)
select seller_id, 'product', count(*) from product group by seller_id
union all
select p.seller_id, 'plan', count(*) from plan as l join product as p on p.id = l.product_id group by p.seller_id
union all
select seller_id, 'offer', count(*) from offer group by seller_id
union all
select o.seller_id, 'offer_version', count(*) from offer_version as v join offer as o on o.id = v.id group by o.seller_id
union all
select json_extract(data, '$.seller_id'), 'coupon', count(*) from coupon group by json_extract(data, '$.seller_id');

create trigger product_counted after insert on product begin
  insert into seller_catalog select new.seller_id, 'product', 0
  where not exists (select 1 from seller_catalog where seller_id = new.seller_id and kind = 'product');
  update seller_catalog set entries = entries + 1 where seller_id = new.seller_id and kind = 'product';
end;

create trigger plan_counted after insert on plan begin
  insert into seller_catalog select p.seller_id, 'plan', 0 from product as p where p.id = new.product_id
  and not exists (select 1 from seller_catalog where seller_id = p.seller_id and kind = 'plan');
  update seller_catalog set entries = entries + 1
  where seller_id = (select seller_id from product where id = new.product_id) and kind = 'plan';
end;

create trigger offer_counted after insert on offer begin
  insert into seller_catalog select new.seller_id, 'offer', 0
  where not exists (select 1 from seller_catalog where seller_id = new.seller_id and kind = 'offer');
  update seller_catalog set entries = entries + 1 where seller_id = new.seller_id and kind = 'offer';
end;

create trigger offer_version_counted after insert on offer_version begin
  insert into seller_catalog select o.seller_id, 'offer_version', 0 from offer as o where o.id = new.id
  and not exists (select 1 from seller_catalog where seller_id = o.seller_id and kind = 'offer_version');
  update seller_catalog set entries = entries + 1
  where seller_id = (select seller_id from offer where id = new.id) and kind = 'offer_version';
end;

create trigger coupon_counted after insert on coupon begin
  insert into seller_catalog select json_extract(new.data, '$.seller_id'), 'coupon', 0
  where not exists (select 1 from seller_catalog where seller_id = json_extract(new.data, '$.seller_id') and kind = 'coupon');
  update seller_catalog set entries = entries + 1 where seller_id = json_extract(new.data, '$.seller_id') and kind = 'coupon';
end;
