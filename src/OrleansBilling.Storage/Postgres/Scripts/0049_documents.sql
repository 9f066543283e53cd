-- concurrent
-- runs with programs since: 39
-- What moved the balances of parties, and the credit notes and chargebacks of all subscriptions. Like the list of invoices (script
-- 0044) they are derived from the journal, and can be dropped and derived again. An entry is what one event moved for one party.
create table if not exists balance_entry (
  subscription_id text collate "C" not null,
  sequence bigint not null,
  party_id text collate "C" not null,
  seller_id text collate "C" not null,
  currency text collate "C" not null,
  kind text not null,
  -- Counted within the subscription, like the number of the credit note.
  invoice integer not null,
  credit_note integer,
  attempt integer,
  amount bigint not null,
  created_at timestamptz not null,
  primary key (subscription_id, sequence, party_id)
);
create index if not exists balance_entry_of_party on balance_entry (party_id, created_at, subscription_id, sequence);
create index if not exists balance_entry_of_seller on balance_entry (party_id, seller_id, created_at, subscription_id, sequence);
create index if not exists balance_entry_in_currency on balance_entry (party_id, currency, created_at, subscription_id, sequence);
create index if not exists balance_entry_of_seller_in_currency
  on balance_entry (party_id, seller_id, currency, created_at, subscription_id, sequence);
-- "ordinal" is counted within the subscription. The number in the seller's series is in "document".
create table if not exists credit_note (
  subscription_id text collate "C" not null,
  ordinal integer not null,
  seller_id text collate "C" not null,
  customer_id text collate "C" not null,
  currency text not null,
  invoice integer not null,
  to_credit boolean not null,
  amount bigint not null,
  tax bigint not null,
  reason text,
  created_at timestamptz not null,
  primary key (subscription_id, ordinal)
);
create index if not exists credit_note_created on credit_note (created_at, subscription_id, ordinal);
create index if not exists credit_note_of_seller on credit_note (seller_id, created_at, subscription_id, ordinal);
create index if not exists credit_note_of_customer on credit_note (customer_id, created_at, subscription_id, ordinal);
-- "created_at" is when the chargeback was recorded.
create table if not exists chargeback (
  subscription_id text collate "C" not null,
  invoice integer not null,
  attempt integer not null,
  seller_id text collate "C" not null,
  customer_id text collate "C" not null,
  currency text not null,
  status text collate "C" not null,
  amount bigint not null,
  credit_taken bigint not null,
  reason text,
  created_at timestamptz not null,
  closed_at timestamptz,
  primary key (subscription_id, invoice, attempt)
);
create index if not exists chargeback_created on chargeback (created_at, subscription_id, invoice, attempt);
create index if not exists chargeback_of_seller on chargeback (seller_id, created_at, subscription_id, invoice, attempt);
create index if not exists chargeback_of_seller_in_status on chargeback (seller_id, status, created_at, subscription_id, invoice, attempt);
create index if not exists chargeback_of_customer on chargeback (customer_id, created_at, subscription_id, invoice, attempt);
create index if not exists chargeback_in_status on chargeback (status, created_at, subscription_id, invoice, attempt);
-- Credit notes are found by their number in the series of any seller.
create index concurrently if not exists document_credit_note_number on document (number) where kind = 2;
-- All lists are derived once more, to have the rows of before. Until that ends they are not shown.
delete from list_rebuild;
insert into list_rebuild (after_id) select '' where exists (select 1 from subscription);
