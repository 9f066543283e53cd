-- concurrent
-- runs with programs since: 39
-- What the search needs besides the tables that commits write. A customer is found by the beginning of each word of its name: "word" is the rest of the
-- name from there, in lower case. Names of before are filled in by the program. Beginnings of mail addresses need an order by bytes.
create table if not exists customer_word (
  word text collate "C" not null,
  customer_id text collate "C" not null,
  primary key (word, customer_id)
);
create index if not exists customer_word_customer on customer_word (customer_id, word);
create index concurrently if not exists customer_email_start on customer (lower(email collate "C"), created_at, id);
