-- Messages that wait to be delivered, in the order of their commits. A position that was taken away never comes again.
create table outbox (
  position integer primary key autoincrement,
  subscription_id text not null,
  sequence integer not null,
  type text not null,
  seller_id text not null,
  at integer not null,
  data text not null
) strict;

create index outbox_seller on outbox (seller_id, position);
