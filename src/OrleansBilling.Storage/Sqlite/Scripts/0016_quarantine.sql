-- Due subscriptions that fail each time they are woken: left out of due work while they wait, as long as nothing else moves
-- them to another version. "next_try_at" is the machine's time.
create table quarantine (
  subscription_id text primary key,
  version integer not null,
  due_at integer not null,
  reason text not null,
  failures integer not null,
  since integer not null,
  next_try_at integer not null,
  waits integer not null
) strict, without rowid;
