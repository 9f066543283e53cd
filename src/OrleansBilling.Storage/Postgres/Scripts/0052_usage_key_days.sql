-- runs with programs since: 39
-- Keys of usage have a day, counted from 1970 in UTC, and are forgotten when it is long over. Those of before, and those that older
-- programs still write, have the day on which that happens: a constant for the rows that are there, so none is rewritten.
alter table usage_key add column day integer not null default floor(extract(epoch from now()) / 86400)::integer;
