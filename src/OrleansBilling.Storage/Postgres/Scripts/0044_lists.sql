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

-- What subscriptions are found by in lists that are not ordered by id, derived in the same way.
create table listed_subscription (
  subscription_id text collate "C" primary key,
  seller_id text collate "C" not null,
  product_id text collate "C" not null,
  plan_id text collate "C" not null,
  offer_id text collate "C" not null,
  customer_id text collate "C" not null,
  status text collate "C" not null,
  created_at timestamptz not null,
  canceled_at timestamptz,
  payment_token text collate "C"
) with (autovacuum_vacuum_scale_factor = 0.05);

create index listed_created on listed_subscription (created_at, subscription_id);
create index listed_of_seller on listed_subscription (seller_id, created_at, subscription_id);
create index listed_of_seller_in_status on listed_subscription (seller_id, status, created_at, subscription_id);
create index listed_of_product_in_status on listed_subscription (product_id, status, created_at, subscription_id);
create index listed_of_plan_in_status on listed_subscription (plan_id, status, created_at, subscription_id);
create index listed_of_offer_in_status on listed_subscription (offer_id, status, created_at, subscription_id);
create index listed_of_customer on listed_subscription (customer_id, created_at, subscription_id);
create index listed_in_status on listed_subscription (status, created_at, subscription_id);
create index listed_with_token on listed_subscription (payment_token, created_at, subscription_id) where payment_token is not null;
create index listed_canceled on listed_subscription (canceled_at, subscription_id) where canceled_at is not null;
create index listed_canceled_of_seller on listed_subscription (seller_id, canceled_at, subscription_id) where canceled_at is not null;
create index listed_canceled_of_product on listed_subscription (product_id, canceled_at, subscription_id) where canceled_at is not null;
create index listed_canceled_of_plan on listed_subscription (plan_id, canceled_at, subscription_id) where canceled_at is not null;
create index listed_canceled_of_offer on listed_subscription (offer_id, canceled_at, subscription_id) where canceled_at is not null;

-- Apart, because every renewal changes it: so it writes these index entries instead of all above.
create table next_billing (
  subscription_id text collate "C" primary key,
  seller_id text collate "C" not null,
  product_id text collate "C" not null,
  plan_id text collate "C" not null,
  offer_id text collate "C" not null,
  status text collate "C" not null,
  at timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0.05);

create index next_billing_in_status on next_billing (status, at, subscription_id);
create index next_billing_of_seller on next_billing (seller_id, status, at, subscription_id);
create index next_billing_of_product on next_billing (product_id, status, at, subscription_id);
create index next_billing_of_plan on next_billing (plan_id, status, at, subscription_id);
create index next_billing_of_offer on next_billing (offer_id, status, at, subscription_id);

create table subscription_metadata (
  subscription_id text collate "C" not null,
  key text collate "C" not null,
  value text collate "C" not null,
  seller_id text collate "C" not null,
  created_at timestamptz not null,
  primary key (subscription_id, key)
);

create index subscription_metadata_pair on subscription_metadata (key, value, created_at, subscription_id);
create index subscription_metadata_pair_of_seller on subscription_metadata (seller_id, key, value, created_at, subscription_id);

-- The subscriptions of which a batch of commits has changed what lists show. "id" is taken after the rows of its subscriptions were
-- locked, as that of the feed is: whoever sees a note of a subscription sees all before it.
create table list_note (
  id bigserial primary key,
  subscription_ids text[] collate "C" not null,
  noted_at timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- There is a row while the lists are derived again, up to the subscription that is done. That is so at first, too.
create table list_rebuild (
  run bigserial primary key,
  after_id text collate "C" not null
);

insert into list_rebuild (after_id) select '' where exists (select 1 from subscription);
