-- Sums across subscriptions cannot overflow: they are numeric, without a bound that amounts could reach. A single delta
-- still fits 64 bits. The tables are rewritten, so folding waits, and commits only while the small table of deltas is.
-- The order is that in which statements lock these tables, so that none of them meets this one half way.
select pg_advisory_xact_lock(2833, 1002);
select pg_advisory_xact_lock(2833, 1003);

alter table statistic_month alter column value type numeric;
alter table statistic_day alter column value type numeric;
alter table statistic_market alter column value type numeric;
alter table balance alter column amount type numeric;
alter table statistic_delta alter column value type numeric;
alter table balance_delta alter column amount type numeric;

-- Deltas whose sum the database refuses. They wait here with the reason, and reads add them, so that figures stay exact;
-- the next start tries them again.
create table statistic_aside (
  offer_id text collate "C" not null,
  day integer not null,
  metric smallint not null,
  slice integer not null,
  value numeric not null,
  reason text not null,
  primary key (offer_id, day, metric, slice)
);

create table balance_aside (
  seller_id text collate "C" not null,
  party_id text collate "C" not null,
  currency text collate "C" not null,
  amount numeric not null,
  reason text not null,
  primary key (seller_id, party_id, currency)
);
