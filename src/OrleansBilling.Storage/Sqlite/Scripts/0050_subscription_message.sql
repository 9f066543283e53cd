-- The messages between customers and sellers. Their text is personal data and stands nowhere else: "sequence" is the event that tells
-- of a message by its id. "sender" is 0 for the customer, 1 for the seller, 2 for an administrator.
create table subscription_message (
  subscription_id text not null,
  sequence integer not null,
  id text not null,
  sender integer not null,
  at integer not null,
  text text not null,
  primary key (subscription_id, sequence)
) strict, without rowid;
