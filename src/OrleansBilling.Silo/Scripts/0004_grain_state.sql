-- The state of grains that change seldom. A write goes through only on the version that its grain has read; one that
-- answers no row met another's write. The payload is JSON: convert_from(payload, 'UTF8') shows it.
create table cluster_grain_state (
  service_id text not null,
  grain_type text not null,
  id_text text not null,
  id_n0 bigint not null,
  id_n1 bigint not null,
  version integer not null,
  payload bytea,
  modified_at timestamptz not null default now(),
  primary key (service_id, grain_type, id_text, id_n0, id_n1)
);

insert into orleansquery (querykey, querytext) values
('ReadFromStorageKey', $sql$
  select payload as "PayloadBinary", version from cluster_grain_state
  where service_id = @ServiceId and grain_type = @GrainTypeString
    and id_text = coalesce(@GrainIdExtensionString, '') and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
$sql$),
('WriteToStorageKey', $sql$
  insert into cluster_grain_state as s (service_id, grain_type, id_text, id_n0, id_n1, version, payload)
  select @ServiceId, @GrainTypeString, coalesce(@GrainIdExtensionString, ''), @GrainIdN0, @GrainIdN1, 1, @PayloadBinary
  where @GrainStateVersion is null or exists (
    select from cluster_grain_state
    where service_id = @ServiceId and grain_type = @GrainTypeString
      and id_text = coalesce(@GrainIdExtensionString, '') and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1)
  on conflict (service_id, grain_type, id_text, id_n0, id_n1) do update
    set payload = excluded.payload, version = s.version + 1, modified_at = now()
    where s.version = @GrainStateVersion
  returning version as "NewGrainStateVersion"
$sql$),
('ClearStorageKey', $sql$
  update cluster_grain_state set payload = null, version = version + 1, modified_at = now()
  where service_id = @ServiceId and grain_type = @GrainTypeString
    and id_text = coalesce(@GrainIdExtensionString, '') and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
    and version = @GrainStateVersion
  returning version
$sql$),
('DeleteStorageKey', $sql$
  delete from cluster_grain_state
  where service_id = @ServiceId and grain_type = @GrainTypeString
    and id_text = coalesce(@GrainIdExtensionString, '') and id_n0 = @GrainIdN0 and id_n1 = @GrainIdN1
    and version = @GrainStateVersion
  returning version + 1
$sql$);
