-- Due work is read group by group of 64 partitions, each from its own stretch of the index: sixteen pumps on several
-- silos would otherwise each read past what belongs to the other fifteen. Reads go on while the new index is built and
-- commits wait; where another transaction holds the table for long, the start fails instead of stopping everybody, and is
-- repeated.
set local lock_timeout = '10s';
create index subscription_due_by_group on subscription ((partition / 64), due_at, id) where due_at is not null;
drop index subscription_due;
