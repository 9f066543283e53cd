-- Due subscriptions that fail each time they are woken: left out of due work while they wait, as long as nothing else moves
-- them to another version. "next_try_at" is the machine's time.
create table quarantine (
  subscription_id text collate "C" primary key,
  version bigint not null,
  due_at timestamptz not null,
  reason text not null,
  failures integer not null,
  since timestamptz not null,
  next_try_at timestamptz not null,
  waits boolean not null
);
