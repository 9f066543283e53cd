-- Invoices and credit notes: those that wait for a number, in the order of their commits; those that have one; and the
-- last number of each series.
create table document_waiting (
  position integer primary key,
  subscription_id text not null,
  kind integer not null,
  ordinal integer not null,
  seller_id text not null
) strict;

create table document (
  subscription_id text not null,
  kind integer not null,
  ordinal integer not null,
  seller_id text not null,
  number integer not null,
  primary key (subscription_id, kind, ordinal),
  unique (seller_id, kind, number)
) strict, without rowid;

create table document_series (
  seller_id text not null,
  kind integer not null,
  last integer not null,
  primary key (seller_id, kind)
) strict, without rowid;
