-- Days and deltas in one statement, and so in one snapshot: a delta on its way into a day is seen exactly once.
select greatest(s.day, $1 - 1) as on_day, o.currency, {group} as of_group, s.metric, s.slice, sum(s.value)::bigint
from (
  select offer_id, day, metric, slice, value from statistic_day
  where day <= $2 and ($7::smallint[] is null or metric = any ($7))
  union all
  select offer_id, day, metric, slice, value from statistic_delta
  where day <= $2 and ($7::smallint[] is null or metric = any ($7))
) as s
join offer as o on o.id = s.offer_id
where ($3::text is null or o.seller_id = $3)
  and ($4::text is null or o.product_id = $4)
  and ($5::text is null or o.plan_id = $5)
  and ($6::text is null or o.id = $6)
group by on_day, o.currency, of_group, s.metric, s.slice
order by on_day, o.currency, of_group, s.metric, s.slice
