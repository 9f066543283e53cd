-- Invoices and credit notes: those that wait for a number, in the order of the outbox's positions; those that have one;
-- and the last number of each series.
create table document_waiting (
  position bigserial primary key,
  subscription_id text collate "C" not null,
  kind smallint not null,
  ordinal integer not null,
  seller_id text collate "C" not null
);

create table document (
  subscription_id text collate "C" not null,
  kind smallint not null,
  ordinal integer not null,
  seller_id text collate "C" not null,
  number bigint not null,
  primary key (subscription_id, kind, ordinal),
  unique (seller_id, kind, number)
);

create table document_series (
  seller_id text collate "C" not null,
  kind smallint not null,
  last bigint not null,
  primary key (seller_id, kind)
) with (fillfactor = 70);
