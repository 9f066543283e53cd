-- Due work is read group by group of 64 partitions, each from its own stretch of the index: sixteen pumps on several
-- silos would otherwise each read past what belongs to the other fifteen.
drop index subscription_due;
create index subscription_due on subscription ((partition / 64), due_at, id) where due_at is not null;
