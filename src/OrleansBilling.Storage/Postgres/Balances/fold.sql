-- Moves up to $1 deltas into balances. One process folds at a time, for economy; a delta that another took first is
-- simply not deleted here, and so not counted twice. Written in key order.
with turn as materialized (
  select pg_try_advisory_xact_lock($2, $3) as mine
),
taken as (
  delete from balance_delta
  where ctid = any (array(select ctid from balance_delta where (select mine from turn) limit $1))
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
