-- runs with programs since: 39
-- The texts that people wrote into commands, such as the comment of a cancellation: personal data, which stands nowhere else. "sequence"
-- is the one that events, states and lists have instead of the text. "kind" is 0 for the comment of a cancellation, 1 for why a seller
-- refunds, 2 for why a bank took a charge back.
create table subscription_text (
  subscription_id text collate "C" not null,
  sequence bigint not null,
  kind smallint not null,
  text text not null,
  primary key (subscription_id, sequence, kind)
);
alter table credit_note add column reason_sequence bigint;
alter table chargeback add column reason_sequence bigint;
