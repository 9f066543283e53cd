-- What each seller has in the catalog, counted as it is added, so that its limits cost one row to check.
create table seller_catalog (
  seller_id text collate "C" not null,
  kind text collate "C" not null,
  entries bigint not null,
  primary key (seller_id, kind)
) with (fillfactor = 70);

insert into seller_catalog (seller_id, kind, entries)
select seller_id, 'product', count(*) from product group by seller_id
union all
select p.seller_id, 'plan', count(*) from plan as l join product as p on p.id = l.product_id group by p.seller_id
union all
select seller_id, 'offer', count(*) from offer group by seller_id
union all
select o.seller_id, 'offer_version', count(*) from offer_version as v join offer as o on o.id = v.id group by o.seller_id
union all
select data ->> 'seller_id', 'coupon', count(*) from coupon group by data ->> 'seller_id';

create function count_in_catalog() returns trigger language plpgsql as $$
declare
  seller text;
begin
  if tg_table_name in ('product', 'offer') then
    seller := new.seller_id;
  elsif tg_table_name = 'plan' then
    seller := (select p.seller_id from product as p where p.id = new.product_id);
  elsif tg_table_name = 'offer_version' then
    seller := (select o.seller_id from offer as o where o.id = new.id);
  else
    seller := new.data ->> 'seller_id';
  end if;
  insert into seller_catalog as s (seller_id, kind, entries) values (seller, tg_table_name, 1)
  on conflict (seller_id, kind) do update set entries = s.entries + 1;
  return null;
end
$$;

create trigger counted after insert on product for each row execute function count_in_catalog();
create trigger counted after insert on plan for each row execute function count_in_catalog();
create trigger counted after insert on offer for each row execute function count_in_catalog();
create trigger counted after insert on offer_version for each row execute function count_in_catalog();
create trigger counted after insert on coupon for each row execute function count_in_catalog();
