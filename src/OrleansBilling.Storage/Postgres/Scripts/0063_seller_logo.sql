-- runs with programs since: 39
-- Logos of sellers. "png" is null after a logo was removed: its row stays, so that no revision comes twice.
create table seller_logo (
  seller_id text collate "C" primary key,
  revision integer not null,
  width integer not null,
  height integer not null,
  png bytea
);
