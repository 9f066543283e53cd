-- Sums by month, so that a question about years reads months and not days; keyed for questions that pick some metrics and
-- slices. Of an offer, statistic_month holds all days before statistic_closed.before, each row on the first day of its
-- month; what is missing there is in statistic_day only. statistic_market holds the sums of all offers in a currency.
create function month_start(day integer) returns integer
  language sql immutable parallel safe
  return date_trunc('month', (date '1970-01-01' + day)::timestamp)::date - date '1970-01-01';

create table statistic_month (
  offer_id text collate "C" not null,
  day integer not null,
  metric smallint not null,
  slice integer not null,
  value bigint not null,
  primary key (offer_id, metric, slice, day)
) with (fillfactor = 70);

create table statistic_closed (
  offer_id text collate "C" primary key,
  before integer not null
) with (fillfactor = 70);

insert into statistic_closed (offer_id, before)
select offer_id, month_start(min(day)) from statistic_day group by offer_id;

create table statistic_market (
  metric smallint not null,
  slice integer not null,
  day integer not null,
  currency text collate "C" not null,
  value bigint not null,
  primary key (metric, slice, day, currency)
) with (fillfactor = 70);

insert into statistic_market (metric, slice, day, currency, value)
select d.metric, d.slice, d.day, o.currency, sum(d.value)
from statistic_day as d join offer as o on o.id = d.offer_id
group by d.metric, d.slice, d.day, o.currency;

create index offer_seller on offer (seller_id);
create index offer_product on offer (product_id);
create index offer_plan on offer (plan_id);
