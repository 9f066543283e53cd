-- What parties are owed.
create table balance (
  seller_id text not null,
  party_id text not null,
  currency text not null,
  amount integer not null,
  primary key (seller_id, party_id, currency)
) strict, without rowid;

create index balance_party on balance (party_id, seller_id, currency);
