-- Progress of several endpoints. Whoever does not hold the term of an endpoint any more stores nothing of it. An endpoint is disabled
-- once, which is an event of the feed (type $23, see script 0054): a repeated call finds it disabled and does nothing.
with mine as (
  update webhook_endpoint as e
  set through = greatest(e.through, p.through),
    succeeded_at = coalesce(p.succeeded_at, e.succeeded_at),
    failing_since = case
      when p.failed_at is null and p.succeeded_at is not null then null
      when p.succeeded_at is not null then p.failed_at
      else coalesce(e.failing_since, p.failed_at) end,
    disabled = coalesce(p.disabled, e.disabled),
    disabled_at = coalesce(p.disabled_at, e.disabled_at),
    version = e.version + case when p.disabled is null then 0 else 1 end,
    replay_after = case when p.replayed_through >= e.replay_through then null else coalesce(p.replayed_through, e.replay_after) end
  from unnest($1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::timestamptz[], $8::bigint[])
    as p (id, term, through, succeeded_at, failed_at, disabled, disabled_at, replayed_through)
  where e.id = p.id and e.term = p.term and (p.disabled is null or e.disabled is null)
  returning p.disabled is not null as changed, e.id, e.seller_id, e.created_at, e.url, e.types, e.description, e.past_secret_until,
    e.disabled, e.disabled_at, e.version, e.succeeded_at, e.failing_since
),
noted as (
  update webhook_change set number = number + 1 where exists (select 1 from mine where changed)
),
kept as (
  insert into webhook_disabling (
    endpoint_id, seller_id, created_at, url, types, description, past_secret_until, disabled, disabled_at, version, succeeded_at,
    failing_since)
  select id, seller_id, created_at, url, types, description, past_secret_until, disabled, disabled_at, version, succeeded_at, failing_since
  from mine where changed order by id
  returning sequence, endpoint_id, seller_id
),
fed as (
  insert into feed_page (entries, types, subscription_ids, sequences, event_types, invoices, seller_ids)
  select count(*)::integer, 1::bigint << $23::smallint::integer, array_agg($24::text || endpoint_id order by sequence),
    array_agg(sequence order by sequence), array_agg($23::smallint), array_agg(0), array_agg(coalesce(seller_id, '') order by sequence)
  from kept
  having count(*) > 0
),
written as (
  insert into webhook_delivery (
    endpoint_id, position, subscription_id, sequence, type, invoice, seller_id, delivered, attempts, last_at, next_at, status,
    milliseconds, fault)
  select d.*
  from unnest($9::text[], $10::bigint[], $11::text[], $12::bigint[], $13::smallint[], $14::integer[], $15::text[], $16::boolean[],
      $17::integer[], $18::timestamptz[], $19::timestamptz[], $20::integer[], $21::integer[], $22::text[])
    as d (endpoint_id, position, subscription_id, sequence, type, invoice, seller_id, delivered, attempts, last_at, next_at, status,
      milliseconds, fault)
  where d.endpoint_id in (select id from mine)
  on conflict (endpoint_id, position) do update
  set delivered = excluded.delivered, attempts = excluded.attempts, last_at = excluded.last_at, next_at = excluded.next_at,
    status = excluded.status, milliseconds = excluded.milliseconds, fault = excluded.fault
)
select id from mine
