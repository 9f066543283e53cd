-- Keys of usage have a day, counted from 1970 in UTC, and are forgotten when it is long over. Those of before have the present day, or
-- that of the last usage if the clock is virtual.
alter table usage_key add column day integer not null default 0;

update usage_key set day = max(unixepoch() / 86400, coalesce((select max(at) from usage_event), 0) / 86400000);

create index usage_key_day on usage_key (day);
