-- Who is in the cluster. Every change but "I am alive" moves the version of the whole table, and is done only by whoever
-- knows the present one: two silos never change it on different knowledge.
create table cluster_version (
  deployment_id text primary key,
  version integer not null
);

create table cluster_member (
  deployment_id text not null references cluster_version,
  address text not null,
  port integer not null,
  generation integer not null,
  silo_name text not null,
  host_name text not null,
  status integer not null,
  proxy_port integer not null,
  suspect_times text,
  start_time timestamptz not null,
  i_am_alive_time timestamptz not null,
  primary key (deployment_id, address, port, generation)
);

insert into orleansquery (querykey, querytext) values
('InsertMembershipVersionKey', $sql$
  with added as (
    insert into cluster_version (deployment_id, version) values (@DeploymentId, 0)
    on conflict do nothing
    returning 1
  )
  select exists (select from added)
$sql$),
('InsertMembershipKey', $sql$
  with moved as (
    update cluster_version set version = version + 1
    where deployment_id = @DeploymentId and version = @Version
      and not exists (
        select from cluster_member
        where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning deployment_id
  ), added as (
    insert into cluster_member
      (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time)
    select deployment_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    from moved
    returning 1
  )
  select exists (select from added)
$sql$),
('UpdateMembershipKey', $sql$
  with moved as (
    update cluster_version set version = version + 1
    where deployment_id = @DeploymentId and version = @Version
      and exists (
        select from cluster_member
        where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning deployment_id
  ), changed as (
    update cluster_member as m
    set status = @Status, suspect_times = @SuspectTimes, i_am_alive_time = @IAmAliveTime
    from moved
    where m.deployment_id = moved.deployment_id and m.address = @Address and m.port = @Port and m.generation = @Generation
    returning 1
  )
  select exists (select from changed)
$sql$),
('UpdateIAmAlivetimeKey', $sql$
  update cluster_member set i_am_alive_time = @IAmAliveTime
  where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$sql$),
('MembershipReadRowKey', $sql$
  select
    v.version, m.address, m.port, m.generation, m.silo_name as "SiloName", m.host_name as "HostName", m.status,
    m.proxy_port as "ProxyPort", m.suspect_times as "SuspectTimes", m.start_time as "StartTime", m.i_am_alive_time as "IAmAliveTime"
  from cluster_version as v
  left join cluster_member as m
    on m.deployment_id = v.deployment_id and m.address = @Address and m.port = @Port and m.generation = @Generation
  where v.deployment_id = @DeploymentId
$sql$),
('MembershipReadAllKey', $sql$
  select
    v.version, m.address, m.port, m.generation, m.silo_name as "SiloName", m.host_name as "HostName", m.status,
    m.proxy_port as "ProxyPort", m.suspect_times as "SuspectTimes", m.start_time as "StartTime", m.i_am_alive_time as "IAmAliveTime"
  from cluster_version as v
  left join cluster_member as m on m.deployment_id = v.deployment_id
  where v.deployment_id = @DeploymentId
$sql$),
('GatewaysQueryKey', $sql$
  select address, proxy_port as "ProxyPort", generation from cluster_member
  where deployment_id = @DeploymentId and status = @Status and proxy_port > 0
$sql$),
('DeleteMembershipTableEntriesKey', $sql$
  with members as (delete from cluster_member where deployment_id = @DeploymentId)
  update cluster_version set version = version + 1 where deployment_id = @DeploymentId
$sql$),
-- 6: dead.
('CleanupDefunctSiloEntriesKey', $sql$
  delete from cluster_member where deployment_id = @DeploymentId and status = 6 and i_am_alive_time < @IAmAliveTime
$sql$);
