-- What parties are owed, added up in two steps like statistics: commits append deltas, a background loop folds them. The
-- truth at any instant is the sum of both tables in one snapshot.
create table balance_delta (
  seller_id text collate "C" not null,
  party_id text collate "C" not null,
  currency text collate "C" not null,
  amount bigint not null
);

create table balance (
  seller_id text collate "C" not null,
  party_id text collate "C" not null,
  currency text collate "C" not null,
  amount bigint not null,
  primary key (seller_id, party_id, currency)
) with (fillfactor = 70);

create index balance_party on balance (party_id, seller_id, currency);
