-- Counters have new definitions, and those that exist cannot be converted: they are dropped, and counted anew from the
-- events in the background, while billing runs. "counted" is the version up to which a subscription's events are in the
-- counters. A commit that finds it at the version that it expects counts its own events and moves it along; one that does
-- not leaves both to the recount, which counts what is missing and sets it. So every event counts once.
alter table subscription add column counted integer not null default 0;

-- There is a row as long as statistics are being recounted.
create table statistic_rebuild (since integer not null) strict;

insert into statistic_rebuild (since) select unixepoch() where exists (select 1 from subscription);

delete from statistic_day;
delete from statistic_month;
delete from statistic_closed;
delete from statistic_market;
delete from statistic_aside;

-- Reasons, decline codes and parties by which something is counted; the number stands in "slice".
create table statistic_name (
  id integer primary key,
  name text not null unique
) strict;

insert into statistic_name (id, name) values (0, 'other');
