-- The row that every commit rewrites: few indexes, and room on the page (fill factor), so that a commit that keeps its
-- due time and status touches no index at all. "state" is JSON in text, to be read in psql; "status" repeats a part of
-- it for listing. The index on status covers only those that few subscriptions have at a time: a page of the others is
-- soon found without one, and so the frequent changes between them cost nothing.
create table subscription (
  id text collate "C" primary key,
  version bigint not null,
  due_at timestamptz,
  partition smallint not null,
  status text collate "C" not null,
  state text not null
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

create index subscription_due on subscription (due_at, id) where due_at is not null;

create index subscription_rare_status on subscription (status, id)
  where status in ('pending', 'past_due', 'paused', 'expired', 'completed');

-- Append only; one row per version of a subscription.
create table event (
  subscription_id text collate "C" not null,
  sequence bigint not null,
  at timestamptz not null,
  type text not null,
  data text not null,
  primary key (subscription_id, sequence)
);
