-- Reads all offers of a currency together, and deltas that are not folded yet, in one statement and so in one snapshot.
select {step} as on_day, currency, '' as of_group, metric, slice, sum(value)
from (
  select currency, day, metric, slice, value
  from statistic_market
  where day <= $2 and {counters}
  union all
  select o.currency, d.day, d.metric, d.slice, d.value
  from statistic_delta as d join offer as o on o.id = d.offer_id
  where d.day <= $2 and {counters}
  union all
  select o.currency, d.day, d.metric, d.slice, d.value
  from statistic_aside as d join offer as o on o.id = d.offer_id
  where d.day <= $2 and {counters}
) as counter
group by on_day, currency, metric, slice
order by on_day, currency, metric, slice
