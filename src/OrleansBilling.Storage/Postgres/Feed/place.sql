-- Gives positions to up to $1 pages, in the order of their ids. An earlier statement has taken the lock, so one process does this at
-- a time, and sees what the one before it wrote. "between" leaves the planner no other way than a probe of the index for each page.
-- See script 0038.
with waiting as materialized (
  select id, entries from feed_page where first is null order by id limit $1
),
origin as materialized (
  select t.timeline,
    case when e.timeline = t.timeline or e.last = 0 then e.last else e.last + 1000000000 end as last
  from feed_end as e, (select ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer as timeline) as t
  where exists (select 1 from waiting)
),
placed as materialized (
  select w.id, w.entries, o.last + 1 + sum(w.entries) over (order by w.id) - w.entries as first
  from waiting as w cross join origin as o
),
written as (
  update feed_page as p set first = placed.first::bigint from placed where p.id between placed.id and placed.id returning p.first, p.seller_ids
),
sellers_written as (
  insert into feed_seller (seller_id, first)
  select distinct s.seller_id, w.first from written as w cross join lateral unnest(w.seller_ids) as s (seller_id)
),
end_moved as (
  update feed_end set last = (select max(first + entries - 1)::bigint from placed), timeline = o.timeline from origin as o
)
select coalesce(sum(entries), 0)::integer from placed
