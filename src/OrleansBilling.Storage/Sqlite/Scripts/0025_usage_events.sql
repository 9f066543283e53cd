-- Usage apart from the rest of the history, so that a million events of it lie in no invoice's way; and checkpoints, states
-- that were stored on the way, so that an old one is rebuilt from nearby. Usage that the program before this one wrote into
-- "event" is moved in the background, and is read where it is until then: "history" is all of it.
create table usage_event (
  subscription_id text not null,
  sequence integer not null,
  at integer not null,
  data text not null,
  primary key (subscription_id, sequence)
) strict;

create table checkpoint (
  subscription_id text not null,
  sequence integer not null,
  at integer not null,
  state text not null,
  primary key (subscription_id, sequence)
) strict;

create index checkpoint_at on checkpoint (subscription_id, at, sequence);

create view history as
select subscription_id, sequence, at, type, data from event
union all
select subscription_id, sequence, at, 'usage_recorded', data from usage_event;
