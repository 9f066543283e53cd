-- Assigns numbers to up to $1 waiting documents, oldest first. An earlier statement has taken the lock, so only one process
-- does this at a time and sees everything that the previous one wrote. A document gets one number, even if it was queued
-- several times. The statement may be planned while there are no documents yet, so it leaves the planner no choice but an
-- index probe for each document: a lateral subquery with a limit cannot become a join, sequential scans are disabled
-- together with taking the lock, and "+ 0" leaves only one usable index.
with taken as (
  delete from document_waiting
  where position = any (array(select position from document_waiting order by position limit $1))
  returning position, subscription_id, kind, ordinal, seller_id
),
fresh as (
  select distinct on (t.subscription_id, t.kind, t.ordinal) t.position, t.subscription_id, t.kind, t.ordinal, t.seller_id
  from taken as t
  left join lateral (
    select true as is_numbered from document as d
    where d.subscription_id = t.subscription_id and d.kind + 0 = t.kind and d.ordinal + 0 = t.ordinal
    limit 1
  ) as known on true
  where known.is_numbered is null
  order by t.subscription_id, t.kind, t.ordinal, t.position
),
placed as materialized (
  select f.*,
    row_number() over (partition by f.seller_id, f.kind order by f.position) as place,
    count(*) over (partition by f.seller_id, f.kind) as together
  from fresh as f
),
counted as (
  insert into document_series as s (seller_id, kind, last)
  select p.seller_id, p.kind, max(p.place) from placed as p group by p.seller_id, p.kind
  on conflict (seller_id, kind) do update set last = s.last + excluded.last
  returning s.seller_id, s.kind, s.last
),
numbered as (
  insert into document (subscription_id, kind, ordinal, seller_id, number)
  select p.subscription_id, p.kind, p.ordinal, p.seller_id, c.last - p.together + p.place
  from placed as p join counted as c on c.seller_id = p.seller_id and c.kind = p.kind
)
select count(*)::integer from placed
