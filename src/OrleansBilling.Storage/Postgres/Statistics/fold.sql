-- Moves up to $1 deltas into days, into the market's sums, and into months that are closed. The process that runs it holds
-- a lock that an earlier statement took, so it sees all earlier folds. An offer's month is closed when a delta of a later
-- month arrives: the sums of its days are then added up once. Each run closes months of at most 200 offers, and about three
-- months of each, so that the first runs of a month stay short. The other offers wait for their next delta; until then
-- their months are read by days. Rows are written in key order. Keys that are set aside are added to the set-aside rows
-- again.
with taken as (
  delete from statistic_delta
  where ctid = any (array(select ctid from statistic_delta where {which} limit $1))
  returning offer_id, day, metric, slice, value
),
summed as materialized (
  select offer_id, day, metric, slice, sum(value) as value
  from taken
  group by offer_id, day, metric, slice
),
set_aside as (
  update statistic_aside as a set value = a.value + s.value
  from summed as s
  where (a.offer_id, a.day, a.metric, a.slice) = (s.offer_id, s.day, s.metric, s.slice)
),
counted as materialized (
  select s.offer_id, s.day, s.metric, s.slice, s.value
  from summed as s
  where not exists (
    select from statistic_aside as a
    where (a.offer_id, a.day, a.metric, a.slice) = (s.offer_id, s.day, s.metric, s.slice)
  )
),
market_written as (
  insert into statistic_market as m (metric, slice, day, currency, value)
  select c.metric, c.slice, c.day, o.currency, sum(c.value)
  from counted as c join offer as o on o.id = c.offer_id
  group by c.metric, c.slice, c.day, o.currency
  order by c.metric, c.slice, c.day, o.currency
  on conflict (metric, slice, day, currency) do update set value = m.value + excluded.value
),
days_written as (
  insert into statistic_day as d (offer_id, day, metric, slice, value)
  select offer_id, day, metric, slice, value
  from counted
  order by offer_id, day, metric, slice
  on conflict (offer_id, day, metric, slice) do update set value = d.value + excluded.value
),
reached as materialized (
  select n.offer_id, c.before as was, least(month_start(n.day), month_start(c.before + 100)) as before
  from (select offer_id, max(day) as day from counted group by offer_id) as n
  left join statistic_closed as c on c.offer_id = n.offer_id
),
closing as materialized (
  select offer_id, was, before from reached where was is null
  union all
  (select offer_id, was, before from reached where before > was order by offer_id limit 200)
),
closed_written as (
  insert into statistic_closed (offer_id, before)
  select offer_id, before from closing order by offer_id
  on conflict (offer_id) do update set before = excluded.before
),
months_written as (
  insert into statistic_month as m (offer_id, day, metric, slice, value)
  select offer_id, month_start(day), metric, slice, sum(value)
  from (
    select c.offer_id, d.day, d.metric, d.slice, d.value
    from closing as c
    cross join lateral (
      select day, metric, slice, value from statistic_day
      where offer_id = c.offer_id and day >= c.was and day < c.before
      offset 0
    ) as d
    union all
    select n.offer_id, n.day, n.metric, n.slice, n.value
    from counted as n
    join reached as r on r.offer_id = n.offer_id
    left join closing as c on c.offer_id = n.offer_id
    where n.day < coalesce(c.before, r.was)
  ) as closed
  group by offer_id, month_start(day), metric, slice
  order by offer_id, metric, slice, month_start(day)
  on conflict (offer_id, metric, slice, day) do update set value = m.value + excluded.value
)
select count(*)::integer from taken
