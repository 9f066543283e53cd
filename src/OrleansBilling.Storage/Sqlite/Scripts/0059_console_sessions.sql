-- runs with programs since: 39
-- What a row is if it is no key: "link" (good once for a session of the console), "used_link", "session".
alter table api_key add column kind text;
create index api_key_session on api_key (made_by) where kind = 'session';
