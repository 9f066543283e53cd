-- Reads whole months that are closed, days for the rest, and deltas that are in neither yet. One statement has one
-- snapshot, so each delta is seen exactly once. See StatisticSources for the bounds. An offer that was never folded has no
-- closed months.
with asked as materialized (
  select o.id, o.currency, {group}::text as of_group, coalesce(c.before, -2147483647) as closed
  from offer as o left join statistic_closed as c on c.offer_id = o.id
  where {offers}
)
select {step} as on_day, currency, of_group, metric, slice, sum(value)
from (
  select a.currency, a.of_group, c.day, c.metric, c.slice, c.value
  from asked as a
  cross join lateral (
    select day, metric, slice, value from statistic_month
    where offer_id = a.id and day < least($8, a.closed) and day <> $9 and {counters}
    union all
    select day, metric, slice, value from statistic_day
    where offer_id = a.id and day between $9 and least($10, a.closed - 1) and {counters}
    union all
    select day, metric, slice, value from statistic_day
    where offer_id = a.id and day between least($8, a.closed) and $2 and {counters}
  ) as c
  union all
  select a.currency, a.of_group, d.day, d.metric, d.slice, d.value
  from statistic_delta as d join asked as a on a.id = d.offer_id
  where d.day <= $2 and {counters}
  union all
  select a.currency, a.of_group, d.day, d.metric, d.slice, d.value
  from statistic_aside as d join asked as a on a.id = d.offer_id
  where d.day <= $2 and {counters}
) as counter
group by on_day, currency, of_group, metric, slice
order by on_day, currency, of_group, metric, slice
