-- One batch of commits in one statement and one transaction. A commit wins if its update finds the expected version or its
-- insert finds no existing row. Everything else is written only for winners. Usually every commit wins. Then no filter is
-- evaluated, and the sums of statistics and balances are those that the sender computed.
--
-- The statement is planned once, when the sizes of batches and tables are unknown, so it leaves the planner no choice:
-- "between b.id and b.id" is an equality that allows no other join than an index probe per row, and a membership test
-- inside OR, or under "is true", is a hashed subplan.
with updated as (
  update subscription as s
  set version = b.version, due_at = b.due_at, status = coalesce(b.status, s.status), state = b.state,
    counted = case when s.counted = b.expected then b.version else s.counted end,
    fed = case when s.fed = b.expected then b.version else s.fed end
  from unnest($1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[])
    as b (id, expected, version, due_at, status, state)
  where s.id between b.id and b.id and s.version = b.expected
  returning s.id, s.counted = s.version as counts, s.fed = s.version as feeds
),
inserted as (
  insert into subscription (id, version, counted, fed, due_at, partition, status, state)
  select b.id, b.version, b.version, b.version, b.due_at, b.partition, b.status, b.state
  from unnest($7::text[], $8::bigint[], $9::timestamptz[], $10::smallint[], $11::text[], $12::text[])
    as b (id, version, due_at, partition, status, state)
  on conflict (id) do nothing
  returning id
),
winner as materialized (
  select id, counts, feeds from updated union all select id, true, true from inserted
),
-- Until the statistics are recounted, the recount will count the events of some winners: see script 0020. Until the feed is
-- filled, the backfill will add those of some: see script 0038.
verdict as materialized (
  select count(*) = cardinality($1::text[]) + cardinality($7::text[]) as all_won,
    count(*) filter (where counts) = cardinality($1::text[]) + cardinality($7::text[]) as all_count,
    count(*) filter (where feeds) = cardinality($1::text[]) + cardinality($7::text[]) as all_feed
  from winner
),
event_written as (
  insert into event (subscription_id, sequence, at, type, data)
  select e.subscription_id, e.sequence, e.at, e.type, e.data
  from unnest($13::text[], $14::bigint[], $15::timestamptz[], $16::text[], $17::text[])
    as e (subscription_id, sequence, at, type, data)
  where (select all_won from verdict) or e.subscription_id in (select id from winner)
),
-- Most changes of an existing subscription change only its status, which is not stored here.
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
message_written as (
  insert into outbox (subscription_id, sequence, type, seller_id, at, data)
  select m.subscription_id, m.sequence, m.type, m.seller_id, m.at, m.data
  from unnest($30::text[], $31::bigint[], $32::text[], $33::text[], $34::timestamptz[], $35::text[])
    as m (subscription_id, sequence, type, seller_id, at, data)
  where (select all_won from verdict) or m.subscription_id in (select id from winner)
),
document_written as (
  insert into document_waiting (subscription_id, kind, ordinal, seller_id)
  select d.subscription_id, d.kind, d.ordinal, d.seller_id
  from unnest($36::text[], $37::smallint[], $38::integer[], $39::text[]) as d (subscription_id, kind, ordinal, seller_id)
  where (select all_won from verdict) or d.subscription_id in (select id from winner)
),
usage_key_written as (
  insert into usage_key (subscription_id, key, day)
  select u.subscription_id, u.key, u.day
  from unnest($40::text[], $41::text[], $82::integer[]) as u (subscription_id, key, day)
  where (select all_won from verdict) or u.subscription_id in (select id from winner)
),
sent_message_written as (
  insert into subscription_message (subscription_id, sequence, id, sender, at, text)
  select m.subscription_id, m.sequence, m.id, m.sender, m.at, m.text
  from unnest($83::text[], $84::bigint[], $85::text[], $86::smallint[], $87::timestamptz[], $88::text[])
    as m (subscription_id, sequence, id, sender, at, text)
  where (select all_won from verdict) or m.subscription_id in (select id from winner)
),
text_written as (
  insert into subscription_text (subscription_id, sequence, kind, text)
  select t.subscription_id, t.sequence, t.kind, t.text
  from unnest($89::text[], $90::bigint[], $91::smallint[], $92::text[]) as t (subscription_id, sequence, kind, text)
  where (select all_won from verdict) or t.subscription_id in (select id from winner)
),
usage_event_written as (
  insert into usage_event (subscription_id, sequence, at, data)
  select e.subscription_id, e.sequence, e.at, e.data
  from unnest($57::text[], $58::bigint[], $59::timestamptz[], $60::text[]) as e (subscription_id, sequence, at, data)
  where (select all_won from verdict) or e.subscription_id in (select id from winner)
),
checkpoint_written as (
  insert into checkpoint (subscription_id, sequence, at, state)
  select c.subscription_id, c.sequence, c.at, c.state
  from unnest($61::text[], $62::bigint[], $63::timestamptz[], $64::text[]) as c (subscription_id, sequence, at, state)
  where (select all_won from verdict) or c.subscription_id in (select id from winner)
),
feed_written as (
  insert into feed_page (entries, types, subscription_ids, sequences, event_types, invoices, seller_ids)
  select cardinality($70::text[]), (select bit_or(1::bigint << type) from unnest($72::smallint[]) as t (type)), $70, $71, $72, $73, $74
  where (select all_feed from verdict) and cardinality($70::text[]) > 0
  union all
  select count(*)::integer, bit_or(1::bigint << f.type), array_agg(f.id order by f.place), array_agg(f.sequence order by f.place),
    array_agg(f.type order by f.place), array_agg(f.invoice order by f.place), array_agg(f.seller_id order by f.place)
  from unnest($70::text[], $71::bigint[], $72::smallint[], $73::integer[], $74::text[])
    with ordinality as f (id, sequence, type, invoice, seller_id, place)
  where not (select all_feed from verdict) and f.id in (select id from winner where feeds)
  having count(*) > 0
),
-- Who keeps the lists looks at these subscriptions again. A note is of few, so that a batch of notes has a limit.
list_noted as (
  insert into list_note (subscription_ids)
  select array_agg(n.id order by n.place) from unnest($75::text[]) with ordinality as n (id, place)
  where (select all_won from verdict) or n.id in (select id from winner)
  group by (n.place - 1) / 64
),
-- A customer is made by the first subscription that names it; one that is known is not even locked. In order of their ids, so that
-- two lanes never wait for each other.
customer_written as (
  insert into customer as c (id, created_at, email, country)
  select n.id, min(n.at), (array_agg(n.email order by n.at) filter (where n.email is not null))[1],
    (array_agg(n.country order by n.at) filter (where n.country is not null))[1]
  from unnest($76::text[], $77::text[], $79::timestamptz[], $80::text[], $81::text[]) as n (subscription_id, id, at, email, country)
  where ((select all_won from verdict) or n.subscription_id in (select id from winner))
    and not exists (select 1 from customer as k where k.id = n.id and (k.email is not null or k.revision > 1 or n.email is null))
  group by n.id order by n.id
  on conflict (id) do update
  set email = excluded.email, country = coalesce(c.country, excluded.country)
  where c.revision = 1 and c.email is null and excluded.email is not null
),
customer_seller_written as (
  insert into customer_seller (seller_id, customer_id, created_at)
  select distinct on (n.seller_id, n.id) n.seller_id, n.id,
    coalesce((select k.created_at from customer as k where k.id = n.id), min(n.at) over (partition by n.id))
  from unnest($76::text[], $77::text[], $78::text[], $79::timestamptz[]) as n (subscription_id, id, seller_id, at)
  where (select all_won from verdict) or n.subscription_id in (select id from winner)
  order by n.seller_id, n.id
  on conflict (seller_id, customer_id) do nothing
),
-- If a commit lost, the winners' parts of the sums are added up here. A part names its commit by position: from 1 up among
-- the updates, from -1 down among the inserts.
won_place (place, counts) as materialized (
  select u.place::integer, (u.id in (select id from winner where counts)) is true
  from unnest($1::text[]) with ordinality as u (id, place)
  where not (select all_count from verdict) and (u.id in (select id from winner)) is true
  union all
  select -i.place::integer, true from unnest($7::text[]) with ordinality as i (id, place)
  where not (select all_count from verdict) and (i.id in (select id from winner)) is true
),
statistic_written as (
  insert into statistic_delta (day, offer_id, metric, slice, value)
  select k.day, k.offer_id, k.metric, k.slice, k.total
  from unnest($42::integer[], $43::text[], $44::smallint[], $45::integer[], $46::bigint[])
    as k (day, offer_id, metric, slice, total)
  where (select all_count from verdict)
  union all
  select ($42::integer[])[p.key], ($43::text[])[p.key], ($44::smallint[])[p.key], ($45::integer[])[p.key], p.value
  from (
    select part.key, sum(part.value) as value
    from unnest($47::integer[], $48::integer[], $49::bigint[]) as part (place, key, value)
    where not (select all_count from verdict) and (part.place in (select place from won_place where counts)) is true
    group by part.key
  ) as p
),
balance_written as (
  insert into balance_delta (seller_id, party_id, currency, amount)
  select k.seller_id, k.party_id, k.currency, k.total
  from unnest($50::text[], $51::text[], $52::text[], $53::bigint[]) as k (seller_id, party_id, currency, total)
  where (select all_won from verdict)
  union all
  select ($50::text[])[p.key], ($51::text[])[p.key], ($52::text[])[p.key], p.value
  from (
    select part.key, sum(part.value) as value
    from unnest($54::integer[], $55::integer[], $56::bigint[]) as part (place, key, value)
    where not (select all_won from verdict) and (part.place in (select place from won_place)) is true
    group by part.key
  ) as p
),
key_page_written as (
  insert into key_page (subscription_id, version, data)
  select k.subscription_id, k.version, k.data
  from unnest($65::text[], $66::bigint[], $67::text[]) as k (subscription_id, version, data)
  where (select all_won from verdict) or k.subscription_id in (select id from winner)
),
key_page_expired as (
  delete from key_page as k
  using unnest($68::text[], $69::bigint[]) as x (subscription_id, up_to)
  where k.subscription_id between x.subscription_id and x.subscription_id and k.version <= x.up_to
    and ((select all_won from verdict) or x.subscription_id in (select id from winner))
)
select case when all_won then null else array(select id from winner) end from verdict
