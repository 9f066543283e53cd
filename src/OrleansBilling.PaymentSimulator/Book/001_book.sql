-- What callers were told. Rows are never deleted; only the last columns change.
create table if not exists charge (
  sequence integer primary key,
  key text not null unique,
  token text not null,
  amount integer not null check (amount > 0),
  currency text not null,
  attempt integer not null,
  at integer not null, -- milliseconds since 1970, UTC
  outcome text not null check (outcome in ('succeeded', 'declined', 'pending')),
  code text,
  hard integer not null,
  refunded integer not null default 0 check (refunded between 0 and amount),
  asks integer not null default 1
);

create table if not exists refund (
  sequence integer primary key,
  key text not null unique,
  charge_key text not null references charge (key),
  amount integer not null check (amount > 0),
  currency text not null,
  at integer not null, -- milliseconds since 1970, UTC
  outcome text not null check (outcome in ('succeeded', 'declined')),
  code text,
  hard integer not null,
  asks integer not null default 1
);
