-- Who sells, as documents and mails name the seller. "data" is JSON.
create table seller (
  id text primary key,
  revision integer not null,
  data text not null
) strict, without rowid;
