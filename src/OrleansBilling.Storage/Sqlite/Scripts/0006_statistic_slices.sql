-- A counter's slice is the origin of a cancellation, a month or a variant; -1 for none.
alter table statistic_day rename column origin to slice;
