-- The feed: the events of all subscriptions in the order of their commits, which the one writer makes one after the other. A position
-- is never given twice, also when the rows after it are gone.
create table feed (
  position integer primary key autoincrement,
  subscription_id text not null,
  sequence integer not null,
  type integer not null,
  invoice integer not null,
  seller_id text not null
) strict;

create index feed_seller on feed (seller_id, position);

-- "fed" is the version up to which a subscription's events are in the feed, as "counted" is for statistics (script 0020). A commit
-- that finds it at the version that it expects writes its events into the feed; one that does not leaves them to the backfill.
alter table subscription add column fed integer not null default 0;

-- There is a row as long as the feed is being filled with what was there before it.
create table feed_gap (since integer not null) strict;

insert into feed_gap (since) select unixepoch() where exists (select 1 from subscription);
