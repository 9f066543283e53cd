-- concurrent
-- runs with programs since: 39
create index concurrently if not exists api_key_session on api_key (made_by) where kind = 'session';
