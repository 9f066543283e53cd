-- Counters, added up in two steps: commits append deltas, a background loop folds them into days. The truth at any
-- instant is the sum of both tables in one snapshot. "day" counts from 1970-01-01 UTC; "origin" is -1 for none.
create table statistic_delta (
  day integer not null,
  offer_id text collate "C" not null,
  metric smallint not null,
  origin smallint not null,
  value bigint not null
);

create table statistic_day (
  offer_id text collate "C" not null,
  day integer not null,
  metric smallint not null,
  origin smallint not null,
  value bigint not null,
  primary key (offer_id, day, metric, origin)
) with (fillfactor = 70);
