-- Counters; "day" counts from 1970-01-01 UTC, "origin" is -1 for none.
create table statistic_day (
  offer_id text not null,
  day integer not null,
  metric integer not null,
  origin integer not null,
  value integer not null,
  primary key (offer_id, day, metric, origin)
) strict, without rowid;
