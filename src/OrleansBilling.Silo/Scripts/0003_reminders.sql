-- Watchdogs of the due pumps. A silo reads the range of hashes that it is responsible for: (begin, end], or, where that
-- runs over the end of the numbers, what lies behind the beginning or up to the end.
create table cluster_reminder (
  service_id text not null,
  grain_id text not null,
  reminder_name text not null,
  grain_hash integer not null,
  start_time timestamptz not null,
  period bigint not null,
  version integer not null,
  primary key (service_id, grain_id, reminder_name)
);

insert into orleansquery (querykey, querytext) values
('UpsertReminderRowKey', $sql$
  insert into cluster_reminder as r (service_id, grain_id, reminder_name, grain_hash, start_time, period, version)
  values (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 0)
  on conflict (service_id, grain_id, reminder_name) do update
    set grain_hash = excluded.grain_hash, start_time = excluded.start_time, period = excluded.period, version = r.version + 1
  returning version
$sql$),
('ReadReminderRowsKey', $sql$
  select grain_id as "GrainId", reminder_name as "ReminderName", start_time as "StartTime", period, version
  from cluster_reminder
  where service_id = @ServiceId and grain_id = @GrainId
$sql$),
('ReadReminderRowKey', $sql$
  select grain_id as "GrainId", reminder_name as "ReminderName", start_time as "StartTime", period, version
  from cluster_reminder
  where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName
$sql$),
('ReadRangeRows1Key', $sql$
  select grain_id as "GrainId", reminder_name as "ReminderName", start_time as "StartTime", period, version
  from cluster_reminder
  where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash
$sql$),
('ReadRangeRows2Key', $sql$
  select grain_id as "GrainId", reminder_name as "ReminderName", start_time as "StartTime", period, version
  from cluster_reminder
  where service_id = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)
$sql$),
('DeleteReminderRowKey', $sql$
  with gone as (
    delete from cluster_reminder
    where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName and version = @Version
    returning 1
  )
  select exists (select from gone)
$sql$),
('DeleteReminderRowsKey', $sql$
  delete from cluster_reminder where service_id = @ServiceId
$sql$);
