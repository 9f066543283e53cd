-- What customers type, unique within a seller and stored in lower case. Coupons from before take their id. Of ids that
-- differ by case alone one is lowered; the others stay as they are, and are found by whoever types them so, as before.
alter table coupon add column seller_id text not null default '';
alter table coupon add column code text not null default '';

update coupon as c set seller_id = k.seller_id, code = k.code
from (
  select id, data ->> 'seller_id' as seller_id,
    case when row_number() over (partition by data ->> 'seller_id', lower(id) order by id = lower(id) desc, id) = 1 then lower(id) else id end as code
  from coupon
) as k
where k.id = c.id;

create unique index coupon_code on coupon (seller_id, code);
