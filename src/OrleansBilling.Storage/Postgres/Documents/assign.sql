-- Gives numbers to up to $1 waiting documents, oldest first. The lock that was taken before it makes this the only one
-- at work, and it sees all that the one before it wrote. A document gets one number, however often it was said to wait.
-- It may be planned while there are no documents yet, so the planner is left no choice but to probe the index for each:
-- a lateral subquery with a limit cannot be made a join, reading whole tables is switched off with the lock, and "+ 0"
-- leaves but one index to use.
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
