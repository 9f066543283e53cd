-- Orleans' ADO.NET providers (10.x) take their statements from a table of this name, by key. What they ask for is a
-- contract of names: the keys, the parameters (@…) and the columns of the answers, matched regardless of case. The tables
-- behind the statements are ours to lay out.
create table orleansquery (
  querykey text primary key,
  querytext text not null
);
