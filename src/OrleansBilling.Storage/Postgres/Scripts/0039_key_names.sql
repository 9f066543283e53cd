-- What people call a key, what it is limited to ("read,commands"; null: to nothing), and about when it was last used.
-- Programs of before must not start after this script, because they would let a limited key do everything.
alter table api_key add column name text;
alter table api_key add column scopes text;
alter table api_key add column last_used_at timestamptz;

-- Tokens of customers come and go by the thousand, and are not listed.
create index api_key_listed on api_key (id) where role <> 'customer';
