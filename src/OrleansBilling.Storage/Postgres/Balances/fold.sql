-- Moves up to $1 deltas into balances. One process folds at a time; a lock was taken by a statement before. Written in
-- key order.
with taken as (
  delete from balance_delta
  where ctid = any (array(select ctid from balance_delta limit $1))
  returning seller_id, party_id, currency, amount
),
folded as (
  insert into balance as b (seller_id, party_id, currency, amount)
  select seller_id, party_id, currency, sum(amount)
  from taken
  group by seller_id, party_id, currency
  order by seller_id, party_id, currency
  on conflict (seller_id, party_id, currency) do update set amount = b.amount + excluded.amount
)
select count(*)::integer from taken
