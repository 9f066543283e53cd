-- Sums by month, so that a question about years reads months and not days; keyed for questions that pick some metrics and
-- slices. Of an offer, statistic_month holds all days before statistic_closed.before, each row on the first day of its
-- month; what is missing there is in statistic_day only. statistic_market holds the sums of all offers in a currency.
create table statistic_month (
  offer_id text not null,
  day integer not null,
  metric integer not null,
  slice integer not null,
  value integer not null,
  primary key (offer_id, metric, slice, day)
) strict, without rowid;

create table statistic_closed (
  offer_id text primary key,
  before integer not null
) strict, without rowid;

insert into statistic_closed (offer_id, before)
select offer_id, cast(julianday(min(day) * 86400, 'unixepoch', 'start of month') - 2440587.5 as integer) from statistic_day group by offer_id;

create table statistic_market (
  metric integer not null,
  slice integer not null,
  day integer not null,
  currency text not null,
  value integer not null,
  primary key (metric, slice, day, currency)
) strict, without rowid;

insert into statistic_market (metric, slice, day, currency, value)
select d.metric, d.slice, d.day, o.currency, sum(d.value)
from statistic_day as d join offer as o on o.id = d.offer_id
group by d.metric, d.slice, d.day, o.currency;

create index offer_seller on offer (seller_id);
create index offer_product on offer (product_id);
create index offer_plan on offer (plan_id);
