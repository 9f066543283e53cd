-- runs with programs since: 37
-- The feed: the events of all subscriptions in one order. A batch of commits writes its events as one page, without a position.
-- "id" is taken after the rows of its subscriptions were locked, as that of the outbox is: the pages of one subscription are in
-- order, and whoever sees one sees all before it. One process at a time gives the pages that it sees their positions, by id:
-- "first" is that of a page's first event, and the others follow. So a page that is committed late comes later in the order too.
create table feed_page (
  id bigserial primary key,
  first bigint,
  entries integer not null,
  -- One bit for each number of a type that the page has.
  types bigint not null,
  -- One element for each event.
  subscription_ids text[] collate "C" not null,
  sequences bigint[] not null,
  event_types smallint[] not null,
  invoices integer[] not null,
  seller_ids text[] collate "C" not null
);

create index feed_page_waiting on feed_page (id) where first is null;
create unique index feed_page_first on feed_page (first);

-- The pages that have events of a seller.
create table feed_seller (
  seller_id text collate "C" not null,
  first bigint not null,
  primary key (seller_id, first)
);

-- The last position. On a new timeline of the server, which begins with a restore to a point in time or with a promotion, it goes
-- up by more than what could have been lost, so that no position is given twice.
create table feed_end (
  last bigint not null,
  timeline integer not null
);

insert into feed_end (last, timeline) values (0, 0);

-- "fed" is the version up to which a subscription's events are in the feed, as "counted" is for statistics (script 0020). A commit
-- that finds it at the version that it expects writes its events into the feed; one that does not leaves them to the backfill.
alter table subscription add column fed bigint not null default 0;

-- What the backfill has to look at: subscriptions, or all of them if there is a row without an id. A program of before knows no
-- feed, so the trigger notes the subscriptions that it touches.
create table feed_gap (subscription_id text collate "C" unique nulls not distinct);

insert into feed_gap (subscription_id) select null where exists (select 1 from subscription);

create function note_feed_gap() returns trigger language plpgsql as $$
begin
  insert into feed_gap (subscription_id) values (new.id) on conflict do nothing;
  return null;
end $$;

create trigger feed_gap_of_update after update on subscription for each row
  when (new.version <> old.version and old.fed = old.version and new.fed = old.fed) execute function note_feed_gap();

create trigger feed_gap_of_insert after insert on subscription for each row
  when (new.fed <> new.version) execute function note_feed_gap();
