-- runs with programs since: 39
-- Who sells, as documents and mails name the seller. "data" is JSON.
create table seller (
  id text collate "C" primary key,
  revision integer not null,
  data text not null
);
