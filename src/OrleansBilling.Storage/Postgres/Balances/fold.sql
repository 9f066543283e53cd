-- Moves up to $1 deltas into balances. Only one process folds at a time: an earlier statement has taken the lock. Rows are
-- written in key order. Keys that are set aside are added to the set-aside rows again.
with taken as (
  delete from balance_delta
  where ctid = any (array(select ctid from balance_delta where {which} limit $1))
  returning seller_id, party_id, currency, amount
),
summed as materialized (
  select seller_id, party_id, currency, sum(amount) as amount
  from taken
  group by seller_id, party_id, currency
),
set_aside as (
  update balance_aside as a set amount = a.amount + s.amount
  from summed as s
  where (a.seller_id, a.party_id, a.currency) = (s.seller_id, s.party_id, s.currency)
),
folded as (
  insert into balance as b (seller_id, party_id, currency, amount)
  select s.seller_id, s.party_id, s.currency, s.amount
  from summed as s
  where not exists (
    select from balance_aside as a
    where (a.seller_id, a.party_id, a.currency) = (s.seller_id, s.party_id, s.currency)
  )
  order by seller_id, party_id, currency
  on conflict (seller_id, party_id, currency) do update set amount = b.amount + excluded.amount
)
select count(*)::integer from taken
