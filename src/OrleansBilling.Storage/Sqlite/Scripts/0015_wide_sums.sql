-- Sums across subscriptions cannot overflow: an integer of SQLite has 64 bits, so a sum is two, value_high × 10^18 + value.
-- Until a sum comes to 10^18 the high part is 0.
alter table statistic_day add column value_high integer not null default 0;
alter table statistic_month add column value_high integer not null default 0;
alter table statistic_market add column value_high integer not null default 0;
alter table balance add column amount_high integer not null default 0;

-- Deltas whose sum the database refuses. They wait here with the reason, and reads add them, so that figures stay exact;
-- the next start tries them again.
create table statistic_aside (
  offer_id text not null,
  day integer not null,
  metric integer not null,
  slice integer not null,
  value integer not null,
  value_high integer not null,
  reason text not null,
  primary key (offer_id, day, metric, slice)
) strict, without rowid;

create table balance_aside (
  seller_id text not null,
  party_id text not null,
  currency text not null,
  amount integer not null,
  amount_high integer not null,
  reason text not null,
  primary key (seller_id, party_id, currency)
) strict, without rowid;
