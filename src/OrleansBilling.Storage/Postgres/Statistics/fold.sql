-- Moves up to $1 deltas into days. One process folds at a time, for economy; a delta that another took first is simply
-- not deleted here, and so not counted twice. Written in key order.
with turn as materialized (
  select pg_try_advisory_xact_lock($2, $3) as mine
),
taken as (
  delete from statistic_delta
  where ctid = any (array(select ctid from statistic_delta where (select mine from turn) limit $1))
  returning offer_id, day, metric, slice, value
),
folded as (
  insert into statistic_day as d (offer_id, day, metric, slice, value)
  select offer_id, day, metric, slice, sum(value)
  from taken
  group by offer_id, day, metric, slice
  order by offer_id, day, metric, slice
  on conflict (offer_id, day, metric, slice) do update set value = d.value + excluded.value
)
select count(*)::integer from taken
