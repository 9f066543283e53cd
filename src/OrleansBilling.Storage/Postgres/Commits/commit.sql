-- One batch of commits, one statement, one transaction. Winners are updates whose expected version is the stored one and
-- inserts that met no row; events, directory rows and statistics are written for winners only. As a rule everybody wins:
-- then no filter is evaluated and the statistics come summed by the sender.
--
-- It is planned once, when nothing is known about the size of batches and tables, and leaves the planner no choice:
-- "between b.id and b.id" is an equality that no other join than a probe of the index per row can use, and a membership
-- test inside OR is a hashed subplan.
with updated as (
  update subscription as s
  set version = b.version, due_at = b.due_at, status = coalesce(b.status, s.status), state = b.state
  from unnest($1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[])
    as b (id, expected, version, due_at, status, state)
  where s.id between b.id and b.id and s.version = b.expected
  returning s.id
),
inserted as (
  insert into subscription (id, version, due_at, partition, status, state)
  select b.id, b.version, b.due_at, b.partition, b.status, b.state
  from unnest($7::text[], $8::bigint[], $9::timestamptz[], $10::smallint[], $11::text[], $12::text[])
    as b (id, version, due_at, partition, status, state)
  on conflict (id) do nothing
  returning id
),
winner as materialized (
  select id from updated union all select id from inserted
),
verdict as materialized (
  select count(*) = cardinality($1::text[]) + cardinality($7::text[]) as all_won from winner
),
event_written as (
  insert into event (subscription_id, sequence, at, type, data)
  select e.subscription_id, e.sequence, e.at, e.type, e.data
  from unnest($13::text[], $14::bigint[], $15::timestamptz[], $16::text[], $17::text[])
    as e (subscription_id, sequence, at, type, data)
  where (select all_won from verdict) or e.subscription_id in (select id from winner)
),
-- Most changes of an existing subscription's entry are changes of its status, which is not kept here.
directory_updated as (
  update directory as o
  set seller_id = d.seller_id, product_id = d.product_id, plan_id = d.plan_id, offer_id = d.offer_id, customer_id = d.customer_id
  from unnest($18::text[], $19::text[], $20::text[], $21::text[], $22::text[], $23::text[])
    as d (id, seller_id, product_id, plan_id, offer_id, customer_id)
  where o.id between d.id and d.id
    and (o.offer_id <> d.offer_id or o.plan_id <> d.plan_id or o.product_id <> d.product_id
      or o.seller_id <> d.seller_id or o.customer_id <> d.customer_id)
    and ((select all_won from verdict) or d.id in (select id from winner))
),
directory_inserted as (
  insert into directory (id, seller_id, product_id, plan_id, offer_id, customer_id)
  select d.id, d.seller_id, d.product_id, d.plan_id, d.offer_id, d.customer_id
  from unnest($24::text[], $25::text[], $26::text[], $27::text[], $28::text[], $29::text[])
    as d (id, seller_id, product_id, plan_id, offer_id, customer_id)
  where (select all_won from verdict) or d.id in (select id from winner)
),
delta_written as (
  insert into statistic_delta (day, offer_id, metric, slice, value)
  select k.day, k.offer_id, k.metric, k.slice, k.total
  from unnest($30::integer[], $31::text[], $32::smallint[], $33::integer[], $34::bigint[])
    as k (day, offer_id, metric, slice, total)
  where (select all_won from verdict)
  union all
  select ($30::integer[])[p.key], ($31::text[])[p.key], ($32::smallint[])[p.key], ($33::integer[])[p.key], p.value
  from (
    select part.key, sum(part.value)::bigint as value
    from unnest($35::text[], $36::integer[], $37::bigint[]) as part (subscription_id, key, value)
    where not (select all_won from verdict)
      and (part.subscription_id in (select id from winner)) is true
    group by part.key
  ) as p
)
select case when all_won then null else array(select id from winner) end from verdict
