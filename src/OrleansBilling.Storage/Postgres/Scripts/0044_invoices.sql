-- runs with programs since: 39
-- The list of invoices. It is derived from the journal and can be dropped and derived again: what it says of an invoice, as the columns
-- that it is found by and as JSON in text, to be read in psql.
create table invoice (
  subscription_id text collate "C" not null,
  -- Counted within the subscription. The number in the seller's series is in "document".
  number integer not null,
  seller_id text collate "C" not null,
  customer_id text collate "C" not null,
  currency text not null,
  status text collate "C" not null,
  overdue boolean not null,
  created_at timestamptz not null,
  data text not null,
  primary key (subscription_id, number)
) with (autovacuum_vacuum_scale_factor = 0.05);

create index invoice_created on invoice (created_at, subscription_id, number);
create index invoice_of_seller on invoice (seller_id, created_at, subscription_id, number);
create index invoice_of_seller_in_status on invoice (seller_id, status, created_at, subscription_id, number);
create index invoice_of_customer on invoice (customer_id, created_at, subscription_id, number);
create index invoice_in_status on invoice (status, created_at, subscription_id, number);
create index invoice_overdue on invoice (created_at, subscription_id, number) where overdue;
create index invoice_of_seller_overdue on invoice (seller_id, created_at, subscription_id, number) where overdue;

-- The subscriptions whose invoices a batch of commits has changed. "id" is taken after the rows of its subscriptions were locked, as that
-- of the feed is: whoever sees a note of a subscription sees all before it.
create table invoice_note (
  id bigserial primary key,
  subscription_ids text[] collate "C" not null,
  noted_at timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- There is a row while the list is derived again, up to the subscription that is done. That is so at first, too.
create table invoice_rebuild (
  run bigserial primary key,
  after_id text collate "C" not null
);

insert into invoice_rebuild (after_id) select '' where exists (select 1 from subscription);
