-- runs with programs since: 39
-- The list of invoices. It is derived from the journal and can be dropped and derived again: what it says of an invoice, as the columns
-- that it is found by and as JSON in text.
create table invoice (
  subscription_id text not null,
  -- Counted within the subscription. The number in the seller's series is in "document".
  number integer not null,
  seller_id text not null,
  customer_id text not null,
  currency text not null,
  status text not null,
  overdue integer not null,
  created_at integer not null,
  data text not null,
  primary key (subscription_id, number)
) strict;

create index invoice_created on invoice (created_at, subscription_id, number);
create index invoice_of_seller on invoice (seller_id, created_at, subscription_id, number);
create index invoice_of_seller_in_status on invoice (seller_id, status, created_at, subscription_id, number);
create index invoice_of_customer on invoice (customer_id, created_at, subscription_id, number);
create index invoice_in_status on invoice (status, created_at, subscription_id, number);
create index invoice_overdue on invoice (created_at, subscription_id, number) where overdue;
create index invoice_of_seller_overdue on invoice (seller_id, created_at, subscription_id, number) where overdue;
create index document_invoice_number on document (number) where kind = 1;

-- The subscriptions whose invoices a commit has changed.
create table invoice_note (
  id integer primary key autoincrement,
  subscription_id text not null,
  noted_at integer not null default (cast((julianday('now') - 2440587.5) * 86400000.0 as integer))
) strict;

-- There is a row while the list is derived again, up to the subscription that is done. That is so at first, too.
create table invoice_rebuild (
  run integer primary key autoincrement,
  after_id text not null
) strict;

insert into invoice_rebuild (after_id) select '' where exists (select 1 from subscription);
