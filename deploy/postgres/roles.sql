-- The roles of one billing database, apart by what they may do. Run it as a superuser in that database, as often as you like:
--   psql -v ON_ERROR_STOP=1 -f roles.sql billing
-- Then give each role a password (\password billing), or let it in by certificate. After a restore, run it again.
--   billing_migrations  owns the tables: dotnet OrleansBilling.Server.dll --migrate
--   billing             the servers: reads and writes rows, and cannot change a table
--   billing_backup      reads everything and makes the scratch database of backup.sh
--   billing_monitor     the exporter of Prometheus: sees PostgreSQL's statistics and the age of the backup, and no customer
-- This is one transaction, so that running servers keep their access to every table. It fails if it waits for a lock for more than
-- five seconds. Then run it again.
begin;
set local client_min_messages = warning;
set local lock_timeout = '5s';

do $$
declare
  name text;
begin
  foreach name in array array['billing_migrations', 'billing', 'billing_backup', 'billing_monitor'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I login', name);
    end if;
  end loop;
end $$;

-- In an older installation, one role owns everything. After a restore, the role that restored owns everything. Both are handed over
-- here. A sequence follows its table. What belongs to an extension is left alone.
do $$
declare
  change text;
begin
  for change in
    select format('alter table %s owner to billing_migrations', oid::regclass) from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and relowner <> 'billing_migrations'::regrole
      and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
    union all
    select format('alter function %s owner to billing_migrations', oid::regprocedure) from pg_proc
    where pronamespace = 'public'::regnamespace and prokind = 'f' and proowner <> 'billing_migrations'::regrole
      and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
  loop
    execute change;
  end loop;
end $$;
alter role billing nosuperuser nocreatedb nocreaterole;
alter role billing_migrations nosuperuser nocreatedb nocreaterole;
alter role billing_backup nosuperuser createdb nocreaterole;
alter role billing_monitor nosuperuser nocreatedb nocreaterole;

revoke all on schema public from public;
grant usage, create on schema public to billing_migrations;
grant usage on schema public to billing, billing_backup;
do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to billing, billing_migrations, billing_backup, billing_monitor', current_database());
end $$;

-- What exists (tables, and views and sequences), and what migrations will make.
grant select, insert, update, delete on all tables in schema public to billing;
grant usage, select on all sequences in schema public to billing;
grant execute on all functions in schema public to billing;
alter default privileges for role billing_migrations in schema public grant select, insert, update, delete on tables to billing;
alter default privileges for role billing_migrations in schema public grant usage, select on sequences to billing;
alter default privileges for role billing_migrations in schema public grant execute on functions to billing;

grant pg_read_all_data to billing_backup;
grant pg_monitor to billing_monitor;

-- One row for each backup that was restored as a check.
create schema if not exists operations;
create table if not exists operations.backup (
  finished_at timestamptz primary key default now(),
  folder text not null,
  bytes bigint not null,
  seconds integer not null
);
grant usage on schema operations to billing_backup, billing_monitor;
grant select, insert on operations.backup to billing_backup;
grant select on operations.backup to billing_monitor;
commit;
