-- Messages that wait to be delivered. A commit takes its positions after it has locked the row of its subscription, and
-- so after the commit before it was over: positions of one subscription are in order, and whoever sees one of its
-- messages sees, or has taken away, all before it. Those of different subscriptions may appear out of order. It needs
-- a sequence that hands out one number at a time to whoever asks (cache 1, the default).
create table outbox (
  position bigserial primary key,
  subscription_id text collate "C" not null,
  sequence bigint not null,
  type text not null,
  seller_id text collate "C" not null,
  at timestamptz not null,
  data text not null
);

create index outbox_seller on outbox (seller_id, position);
