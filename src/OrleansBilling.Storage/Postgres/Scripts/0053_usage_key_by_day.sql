-- concurrent
-- runs with programs since: 39
-- Equal days share their entries in the index, so a key adds few bytes to it.
create index concurrently if not exists usage_key_day on usage_key (day);
