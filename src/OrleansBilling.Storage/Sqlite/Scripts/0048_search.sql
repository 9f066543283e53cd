-- What the search needs besides the tables that commits write. A customer is found by the beginning of each word of its name: "word" is the rest of the
-- name from there, in lower case. Names of before are filled in by the program.
create table customer_word (
  word text not null,
  customer_id text not null,
  primary key (word, customer_id)
) strict, without rowid;

create index customer_word_customer on customer_word (customer_id, word);
