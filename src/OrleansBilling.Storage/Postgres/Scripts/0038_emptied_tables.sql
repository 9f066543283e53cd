-- runs with programs since: 37
-- Deltas are deleted as fast as they come. A process whose role owns the tables vacuums them itself. For a role that may not,
-- autovacuum cleans them at every turn and without pauses.
alter table statistic_delta set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_cost_delay = 0);
alter table balance_delta set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_cost_delay = 0);
