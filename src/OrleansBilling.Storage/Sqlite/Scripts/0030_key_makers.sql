-- What a key made (a seller's tokens for customers) goes with it.
alter table api_key add column made_by text references api_key (id) on delete cascade;

create index api_key_maker on api_key (made_by) where made_by is not null;
