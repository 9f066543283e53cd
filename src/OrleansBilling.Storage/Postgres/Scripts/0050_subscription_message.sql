-- runs with programs since: 39
-- The messages between customers and sellers. Their text is personal data and stands nowhere else: "sequence" is the event that tells
-- of a message by its id. "sender" is 0 for the customer, 1 for the seller, 2 for an administrator.
create table subscription_message (
  subscription_id text collate "C" not null,
  sequence bigint not null,
  id text collate "C" not null,
  sender smallint not null,
  at timestamptz not null,
  text text not null,
  primary key (subscription_id, sequence)
);
